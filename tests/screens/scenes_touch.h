/** What is special about the states that can be touched; for the table of scenes. */
#ifndef SCREENS_SCENES_TOUCH_H
#define SCREENS_SCENES_TOUCH_H

#include "face/view.h"

void scene_touchable(struct view *view);

void scene_choose_two(struct view *view);
void scene_choose_three(struct view *view);
void scene_choose_four(struct view *view);
void scene_choose_ateliers(struct view *view);
void scene_choose_six(struct view *view);
void scene_choose_pages(struct view *view);
void scene_choose_long(struct view *view);
void scene_full(struct view *view);
void scene_repeat(struct view *view);
void scene_goodbye(struct view *view);
void scene_pressed(struct view *view);

void scene_typing(struct view *view);
void scene_new_organisation(struct view *view);
void scene_no_organisation_yet(struct view *view);
void scene_accents(struct view *view);
void scene_name(struct view *view);
void scene_digits(struct view *view);
void scene_done(struct view *view);
void scene_done_to_choose(struct view *view);
void scene_done_to_link(struct view *view);

#endif

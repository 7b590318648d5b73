#include "screens/scenes_touch.h"

#include "core/text.h"
#include "screens/scenes.h"

/* clang-format off */
static const struct {
	const char *title, *room, *cluster;
	int places;
} options[] = {
	{ "Zorg op afstand, toch dichtbij", "Atelier 2", "health", 3 },
	{ "Meten zonder omwegen", "Atelier 1", "ict-ecommerce", 6 },
	{ "Een lamp die je zelf kunt repareren", "Werkplaats", "creative-making", 0 },
	{ "Van loods tot voordeur", "Atelier 4", "logistics", 8 },
	{ "Open spreekuur met de begeleiders", "Stationshal", "", 20 },
	{ "Webwinkel in één dag", "Atelier 5", "ict-ecommerce", 1 },
	{ "Lasersnijden voor beginners", "Werkplaats", "creative-making", 9 },
	{ "Minder kilometers in de binnenstad", "Atelier 6", "logistics", 14 },
};
/* clang-format on */

void scene_touchable(struct view *view)
{
	view->has_touch = true;
	view->keep_names_days = 90;
}

static void offer(struct view *view, size_t count)
{
	scene_touchable(view);
	view->answer.choice_count = count;
	for (size_t i = 0; i < count; i++) {
		struct board_row *row = &view->answer.choices[i].row;
		utf8_clip(row->title, sizeof row->title, options[i].title);
		utf8_clip(row->room, sizeof row->room, options[i].room);
		utf8_clip(row->cluster, sizeof row->cluster, options[i].cluster);
		row->places_left = options[i].places;
		row->start_ms = row->announced_start_ms = NOON_MS;
	}
}

void scene_choose_two(struct view *view)
{
	offer(view, 2);
}

void scene_choose_three(struct view *view)
{
	offer(view, 3);
}

void scene_choose_four(struct view *view)
{
	offer(view, 4);
}

void scene_choose_ateliers(struct view *view)
{
	offer(view, 4);
	view->sessions = CALLED_ATELIERS;
}

void scene_choose_six(struct view *view)
{
	offer(view, 6);
}

void scene_choose_pages(struct view *view)
{
	offer(view, 8);
	view->page = 1;
}

void scene_choose_long(struct view *view)
{
	offer(view, 4);
	struct choice *choices = view->answer.choices;
	utf8_clip(view->answer.name, sizeof view->answer.name, "Wilhelmina-Jacqueline");
	utf8_clip(choices[0].row.title, sizeof choices[0].row.title,
		"Samen betrouwbaar gegevens uitwisselen tussen ziekenhuizen, huisartsen en "
		"thuiszorgorganisaties in de hele regio");
	utf8_clip(choices[1].row.title, sizeof choices[1].row.title,
		"Arbeidsongeschiktheidsverzekeringsmaatschappijen en preventie");
	utf8_clip(choices[1].row.room, sizeof choices[1].row.room, "Innovatieruimte Spoorzicht");
}

void scene_full(struct view *view)
{
	offer(view, 6);
	view->answer.choices[0].row.places_left = 0;
}

void scene_repeat(struct view *view)
{
	offer(view, 4);
}

void scene_goodbye(struct view *view)
{
	view->answer.stay_ms = 200 * MINUTE_MS;
	view->board.kind = BOARD_OVER;
}

void scene_pressed(struct view *view)
{
	offer(view, 4);
	view->pressed = (struct touch){ TOUCH_CHOICE, 1 };
}

static void suggest(struct view *view, const char *typed, bool hits)
{
	static const struct suggestion names[] = {
		{ "IJsselbyte Techniek", "ict-ecommerce" },
		{ "IJsseldal Zorggroep", "health" },
		{ "IJsseloever Robotica", "creative-making" },
		{ "Stichting IJsselhof", "" },
	};
	struct registration *registration = &view->registration;
	scene_touchable(view);
	utf8_clip(registration->cluster, sizeof registration->cluster, "health");
	utf8_clip(registration->organisation, sizeof registration->organisation, typed);
	for (size_t i = 0; hits && i < SUGGESTIONS_MAX; i++)
		registration->suggestions.list[registration->suggestions.count++] = names[i];
}

void scene_typing(struct view *view)
{
	suggest(view, "IJ", true);
}

void scene_new_organisation(struct view *view)
{
	suggest(view, "Maakwerf Zwart", false);
}

void scene_no_organisation_yet(struct view *view)
{
	suggest(view, "", true);
}

void scene_accents(struct view *view)
{
	suggest(view, "Coöperatie De Überfiets & Söhne, samenwerkingsverband van de hele stad",
		true);
	view->registration.layer = LAYER_ACCENTS;
}

void scene_name(struct view *view)
{
	scene_touchable(view);
	utf8_clip(view->registration.name, sizeof view->registration.name, "Yıldız");
}

void scene_digits(struct view *view)
{
	scene_touchable(view);
	view->registration.layer = LAYER_DIGITS;
}

void scene_done(struct view *view)
{
	scene_touchable(view);
}

void scene_done_to_choose(struct view *view)
{
	offer(view, 4);
	view->answer.has_session = false;
}

void scene_done_to_link(struct view *view)
{
	scene_touchable(view);
	view->answer.may_link = true;
}

/* What each control does: one function a kind, one table. */
#include <string.h>

#include "core/text.h"
#include "face/flow_private.h"
#include "face/registration.h"

static bool do_language(struct flow *flow, int language, int64_t at_ms)
{
	return flow_language(flow, (enum language)language, at_ms);
}

static bool begin(struct flow *flow, int64_t seq, uint64_t person, int64_t at_ms)
{
	if (flow_step(flow, FLOW_BEGIN) != KIND_FORM)
		return false;
	flow->kept_until_ms = 0;
	flow->view.registration =
		(struct registration){ .open = true, .seq = seq, .person = person };
	flow_show(flow, SCREEN_REG_CLUSTER, at_ms);
	return true;
}

static bool do_no_badge(struct flow *flow, int index, int64_t at_ms)
{
	(void)index;
	return begin(flow, 0, 0, at_ms);
}

static bool do_register(struct flow *flow, int index, int64_t at_ms)
{
	(void)index;
	return begin(flow, flow->view.answer.seq, flow->view.answer.person, at_ms);
}

static bool do_close(struct flow *flow, int index, int64_t at_ms)
{
	(void)index;
	flow_leave(flow, FLOW_CLOSE, at_ms);
	return true;
}

bool flow_choose_later(struct flow *flow, int64_t at_ms)
{
	flow->view.answer.has_session = false;
	flow->view.answer.verdict = VERDICT_CHOOSE;
	flow_show(flow, SCREEN_WELCOME, at_ms);
	return true;
}

static bool do_later(struct flow *flow, int index, int64_t at_ms)
{
	(void)index;
	return flow_choose_later(flow, at_ms);
}

static bool do_other(struct flow *flow, int index, int64_t at_ms)
{
	(void)index;
	flow_show(flow, SCREEN_CHOOSE, at_ms);
	return true;
}

static bool do_choice(struct flow *flow, int index, int64_t at_ms)
{
	const struct answer *answer = &flow->view.answer;
	(void)at_ms;
	if (flow->asked || (size_t)index >= answer->choice_count)
		return false;
	flow->asked = true;
	flow->wish = (struct wish){ .kind = WISH_CHOOSE, .seq = answer->seq };
	utf8_clip(flow->wish.session, sizeof flow->wish.session, answer->choices[index].session);
	return true;
}

static bool do_page(struct flow *flow, int index, int64_t at_ms)
{
	(void)index;
	(void)at_ms;
	flow->view.page++;
	return true;
}

/* Asks for what fits the text as it is now; answers to earlier texts are then too late. */
static void ask_suggestions(struct flow *flow)
{
	struct registration *registration = &flow->view.registration;
	const uint32_t turn = registration->suggestions.turn + 1;
	registration->suggestions.turn = turn;
	registration->suggestions.exact = false;
	flow->wish = (struct wish){ .kind = WISH_SUGGEST, .turn = turn };
	utf8_clip(flow->wish.cluster, sizeof flow->wish.cluster, registration->cluster);
	utf8_clip(flow->wish.organisation, sizeof flow->wish.organisation,
		registration->organisation);
}

static bool do_cluster(struct flow *flow, int index, int64_t at_ms)
{
	const struct board *board = &flow->view.board;
	struct registration *registration = &flow->view.registration;
	utf8_clip(registration->cluster, sizeof registration->cluster,
		(size_t)index < board->cluster_count ? board->clusters[index].code : "");
	registration->suggestions.count = 0;
	flow_show(flow, SCREEN_REG_ORGANISATION, at_ms);
	ask_suggestions(flow);
	return true;
}

static bool to_name(struct flow *flow, int64_t at_ms)
{
	text_trim(flow->view.registration.organisation);
	flow_show(flow, SCREEN_REG_NAME, at_ms);
	return true;
}

static bool do_suggestion(struct flow *flow, int index, int64_t at_ms)
{
	struct registration *registration = &flow->view.registration;
	if ((size_t)index >= registration->suggestions.count)
		return false;
	utf8_clip(registration->organisation, sizeof registration->organisation,
		registration->suggestions.list[index].name);
	return to_name(flow, at_ms);
}

static bool do_add(struct flow *flow, int index, int64_t at_ms)
{
	(void)index;
	return to_name(flow, at_ms);
}

static bool do_alone(struct flow *flow, int index, int64_t at_ms)
{
	(void)index;
	flow->view.registration.organisation[0] = '\0';
	return to_name(flow, at_ms);
}

static bool changed(struct flow *flow, bool is_changed)
{
	if (is_changed && flow->view.screen == SCREEN_REG_ORGANISATION)
		ask_suggestions(flow);
	return is_changed;
}

static bool do_key(struct flow *flow, int index, int64_t at_ms)
{
	char letters[8];
	struct registration *registration = &flow->view.registration;
	(void)at_ms;
	keyboard_key(letters, registration, flow->view.screen, index / KEYBOARD_ROW_KEYS,
		index % KEYBOARD_ROW_KEYS);
	return changed(flow, registration_type(registration, flow->view.screen, letters));
}

static bool do_space(struct flow *flow, int index, int64_t at_ms)
{
	(void)index;
	(void)at_ms;
	return changed(flow, registration_type(&flow->view.registration, flow->view.screen, " "));
}

static bool do_erase(struct flow *flow, int index, int64_t at_ms)
{
	(void)index;
	(void)at_ms;
	return changed(flow, registration_erase(&flow->view.registration, flow->view.screen));
}

static bool do_layer(struct flow *flow, int index, int64_t at_ms)
{
	(void)at_ms;
	flow->view.registration.layer = (enum key_layer)index;
	return true;
}

static bool do_back(struct flow *flow, int index, int64_t at_ms)
{
	(void)index;
	const bool from_name = flow->view.screen == SCREEN_REG_NAME;
	flow_show(flow, from_name ? SCREEN_REG_ORGANISATION : SCREEN_REG_CLUSTER, at_ms);
	if (from_name)
		ask_suggestions(flow);
	return true;
}

static bool ask_registration(struct flow *flow)
{
	struct registration *registration = &flow->view.registration;
	if (flow->asked)
		return false;
	flow->asked = true;
	flow->wish = (struct wish){
		.kind = WISH_REGISTER, .seq = registration->seq, .language = flow->view.language
	};
	text_trim(registration->name);
	utf8_clip(flow->wish.cluster, sizeof flow->wish.cluster, registration->cluster);
	utf8_clip(flow->wish.organisation, sizeof flow->wish.organisation,
		registration->organisation);
	utf8_clip(flow->wish.name, sizeof flow->wish.name, registration->name);
	return true;
}

static bool do_next(struct flow *flow, int index, int64_t at_ms)
{
	(void)index;
	if (flow->view.screen == SCREEN_REG_ORGANISATION)
		return to_name(flow, at_ms);
	return ask_registration(flow);
}

static bool do_service(struct flow *flow, int index, int64_t at_ms)
{
	(void)at_ms;
	flow->wish = (struct wish){ .kind = WISH_SERVICE, .control = (enum service_control)index };
	return false;
}

static bool (*const deeds[TOUCH_KIND_COUNT])(struct flow *flow, int index, int64_t at_ms) = {
	[TOUCH_NO_BADGE] = do_no_badge,
	[TOUCH_LANGUAGE] = do_language,
	[TOUCH_REGISTER] = do_register,
	[TOUCH_CLOSE] = do_close,
	[TOUCH_LATER] = do_later,
	[TOUCH_OTHER] = do_other,
	[TOUCH_CHOICE] = do_choice,
	[TOUCH_PAGE] = do_page,
	[TOUCH_CLUSTER] = do_cluster,
	[TOUCH_SUGGESTION] = do_suggestion,
	[TOUCH_ADD] = do_add,
	[TOUCH_ALONE] = do_alone,
	[TOUCH_KEY] = do_key,
	[TOUCH_LAYER] = do_layer,
	[TOUCH_SPACE] = do_space,
	[TOUCH_ERASE] = do_erase,
	[TOUCH_BACK] = do_back,
	[TOUCH_NEXT] = do_next,
	[TOUCH_SERVICE] = do_service,
};

bool flow_do(struct flow *flow, struct touch touch, int64_t at_ms)
{
	return deeds[touch.kind] && deeds[touch.kind](flow, touch.index, at_ms);
}

bool flow_pointer(struct flow *flow, const struct picture *picture, const struct pointer *pointer,
	int64_t at_ms)
{
	struct touch touch;
	bool dirty = finger_take(&flow->finger, picture, pointer, at_ms, &touch);
	flow->view.pressed = finger_pressed(&flow->finger);
	if (pointer->kind == POINTER_DOWN) {
		flow_stay(flow, at_ms);
		if (flow->view.pressed.kind != TOUCH_NONE)
			flow->tone = TONE_KEY;
	}
	return dirty | flow_do(flow, touch, at_ms);
}

bool flow_has_touch(struct flow *flow, bool has_touch)
{
	const bool dirty = flow->view.has_touch != has_touch;
	flow->view.has_touch = has_touch;
	return dirty;
}

bool flow_take_wish(struct flow *flow, struct wish *ret)
{
	if (flow->wish.kind == WISH_NONE)
		return false;
	*ret = flow->wish;
	flow->wish.kind = WISH_NONE;
	return true;
}

bool flow_suggestions(struct flow *flow, const struct suggestions *suggestions)
{
	struct registration *registration = &flow->view.registration;
	if (suggestions->turn != registration->suggestions.turn)
		return false;
	registration->suggestions = *suggestions;
	return flow->view.screen == SCREEN_REG_ORGANISATION;
}

static bool is_same_list(const struct answer *answer, const struct choice *choices, size_t count)
{
	bool same = count == answer->choice_count;
	for (size_t i = 0; same && i < count; i++)
		same = strcmp(answer->choices[i].session, choices[i].session) == 0;
	return same;
}

bool flow_choices(
	struct flow *flow, int64_t seq, const struct choice *choices, size_t count, int64_t at_ms)
{
	struct answer *answer = &flow->view.answer;
	if (seq != answer->seq || count > CHOICES_MAX)
		return false;
	/* A finger that went down on one session is not lifted on another. */
	if (!is_same_list(answer, choices, count)) {
		flow->finger = (struct finger){ .inside = false };
		flow->view.pressed = (struct touch){ TOUCH_NONE, 0 };
	}
	memcpy(answer->choices, choices, count * sizeof *choices);
	answer->choice_count = count;
	flow->asked = false;
	if (flow->view.screen == SCREEN_CHOOSE && !answer_has_place(answer))
		flow_show(flow, SCREEN_FULL, at_ms); /* which then says that everything is */
	return flow->view.screen == SCREEN_CHOOSE || flow->view.screen == SCREEN_FULL;
}

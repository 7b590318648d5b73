#include <stdlib.h>
#include <string.h>

#include "face/view.h"
#include "unit/check.h"

int test_view(void);

static bool holds(const struct view *view, const char *text)
{
	return memmem(view, sizeof *view, text, strlen(text)) != NULL;
}

/* What the organiser's page gets to see of a screen: that somebody is welcomed, not who. */
static void a_covered_view_has_no_name_and_no_code(void **state)
{
	struct view *view = calloc(1, sizeof *view);
	(void)state;
	assert_non_null(view);
	for (int screen = 0; screen < SCREEN_COUNT; screen++) {
		view->screen = (enum screen)screen;
		strcpy(view->answer.name, "Wilhelmina");
		strcpy(view->registration.name, "Wilhelmina");
		strcpy(view->service.code, "K7M4-PX9D");
		view->service.qr.side = 33;
		view_cover(view);
		CHECK_ROW("no code", !holds(view, "PX9D"));
		CHECK_ROW("no picture of it", view->service.qr.side == 0);
		/* A kiosk that shows which one it is says its own name. */
		CHECK_ROW("no name", screen == SCREEN_IDENTIFY || !holds(view, "Wilhel"));
		CHECK_ROW("nothing is left of it",
			screen == SCREEN_IDENTIFY || strlen(view->answer.name) == strlen("•••"));
	}
	free(view);
}

int test_view(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_covered_view_has_no_name_and_no_code),
	};
	return cmocka_run_group_tests_name("view", tests, NULL, NULL);
}

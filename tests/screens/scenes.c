#include "screens/scenes.h"

#include <string.h>

#include "core/text.h"
#include "screens/scenes_touch.h"

/* clang-format off */
static const struct sample {
	const char *title, *host, *room, *cluster;
	int places;
	enum session_state state;
} samples[] = {
	{ "Meten zonder omwegen", "Lotte Hof", "Atelier 1", "ict-ecommerce", 6, SESSION_PLANNED },
	{ "Zorg dichtbij, ook op afstand", "Noor Kuipers", "Atelier 2", "health", 0, SESSION_PLANNED },
	{ "Een lamp die je zelf kunt repareren", "Bram de Graaf", "Werkplaats", "creative-making", 11, SESSION_MOVED },
	{ "Van loods tot voordeur", "Fleur Tuinstra", "Atelier 4", "logistics", 8, SESSION_DELAYED },
	{ "Webwinkel in één dag", "", "Atelier 5", "ict-ecommerce", 2, SESSION_PLANNED },
	{ "Lasersnijden voor beginners", "", "Werkplaats", "creative-making", 9, SESSION_CANCELLED },
	{ "Open spreekuur", "", "Stationshal", "", 20, SESSION_PLANNED },
	{ "Minder kilometers in de binnenstad", "", "Atelier 6", "logistics", 14, SESSION_PLANNED },
	{ "Samen slimmer plannen", "", "Lab", "health", 1, SESSION_PLANNED },
};
/* clang-format on */

static void fill_row(struct board_row *row, size_t index, int64_t start_ms, bool next)
{
	const struct sample *sample = &samples[index];
	memset(row, 0, sizeof *row);
	utf8_clip(row->title, sizeof row->title, sample->title);
	utf8_clip(row->host, sizeof row->host, sample->host);
	utf8_clip(row->room, sizeof row->room, sample->room);
	utf8_clip(row->cluster, sizeof row->cluster, sample->cluster);
	row->announced_start_ms = start_ms;
	row->start_ms = sample->state == SESSION_DELAYED ? start_ms + 10 * MINUTE_MS : start_ms;
	row->end_ms = start_ms + 90 * MINUTE_MS;
	row->places_left = sample->places;
	row->state = sample->state;
	row->next = next;
}

static void fill_plenary(struct board_row *row, const char *title, int64_t start_ms, bool next)
{
	memset(row, 0, sizeof *row);
	utf8_clip(row->title, sizeof row->title, title);
	utf8_clip(row->host, sizeof row->host, "Sanne Wolters");
	utf8_clip(row->room, sizeof row->room, "Perronzaal");
	row->start_ms = row->announced_start_ms = start_ms;
	row->end_ms = start_ms + 45 * MINUTE_MS;
	row->places_left = -1;
	row->next = next;
}

static void fill_clusters(struct board *board)
{
	static const struct {
		const char *code, *name, *name_en, *brief, *brief_en;
		int involved;
	} rows[] = {
		{ "ict-ecommerce", "ICT & E-commerce", "ICT & E-commerce", "ICT", "ICT", 9 },
		{ "health", "Health", "Health", "Health", "Health", 15 },
		{ "creative-making", "Creatieve & slimme (maak-)industrie",
			"Creative & smart manufacturing", "Maakindustrie", "Manufacturing", 11 },
		{ "logistics", "Logistiek", "Logistics", "Logistiek", "Logistics", 6 },
	};
	for (size_t i = 0; i < 4; i++) {
		struct board_cluster *cluster = &board->clusters[board->cluster_count++];
		utf8_clip(cluster->code, sizeof cluster->code, rows[i].code);
		utf8_clip(cluster->name[0], sizeof cluster->name[0], rows[i].name);
		utf8_clip(cluster->name[1], sizeof cluster->name[1], rows[i].name_en);
		utf8_clip(cluster->short_name[0], sizeof cluster->short_name[0], rows[i].brief);
		utf8_clip(cluster->short_name[1], sizeof cluster->short_name[1], rows[i].brief_en);
		cluster->involved = rows[i].involved;
		cluster->target = 15;
	}
}

static void fill_board(struct board *board, enum board_kind kind)
{
	const int64_t start_ms = NOON_MS - 12 * MINUTE_MS;
	board->kind = kind;
	utf8_clip(board->event, sizeof board->event, "Expeditie Slimme Zorg");
	utf8_clip(board->venue, sizeof board->venue, "Perron038");
	board->day = 2;
	board->days = 4;
	board->utc_offset_min = 60;
	board->clock_known = kind != BOARD_TODAY;
	board->notices = kind == BOARD_TODAY  ? NOTICE_CLOCK
			 : kind == BOARD_NONE ? NOTICE_OFFLINE
					      : 0;
	board->opens_ms = NOON_MS - 42 * MINUTE_MS;
	board->starts_ms = NOON_MS - 12 * MINUTE_MS;
	fill_clusters(board);
	if (kind == BOARD_NONE)
		return;
	if (kind != BOARD_NOW)
		fill_plenary(&board->rows[board->row_count++],
			"Plenaire opening: de vraag van vandaag", start_ms, true);
	for (size_t i = 0; i < (kind == BOARD_NOW ? 4 : 1); i++)
		fill_row(&board->rows[board->row_count++], i,
			start_ms + (kind == BOARD_NOW ? 0 : 60) * MINUTE_MS, kind != BOARD_NOW);
	if (kind == BOARD_NOW)
		fill_plenary(&board->rows[board->row_count++],
			"Plenaire afsluiting: wat nemen we mee?", start_ms + 120 * MINUTE_MS, true);
}

static void fill_answer(struct answer *answer)
{
	answer->seq = 1;
	answer->clock_known = true;
	answer->language = -1;
	answer->at_ms = NOON_MS;
	answer->since_ms = NOON_MS - 21 * MINUTE_MS;
	answer->opens_ms = NOON_MS + 1140 * MINUTE_MS;
	answer->involved = 12;
	answer->target = 15;
	utf8_clip(answer->name, sizeof answer->name, "Marijke");
	utf8_clip(answer->organisation, sizeof answer->organisation, "Vechtzorg");
	utf8_clip(answer->cluster, sizeof answer->cluster, "health");
	answer->has_session = answer->has_after = true;
	fill_row(&answer->session, 1, NOON_MS - 12 * MINUTE_MS, false);
	fill_plenary(&answer->after, "Plenaire afsluiting: wat nemen we mee?",
		NOON_MS + 108 * MINUTE_MS, true);
}

static void start_failed(struct view *view)
{
	view->start_step = 2;
	view->start_failed = true;
}

static void two_sessions(struct view *view)
{
	memmove(&view->board.rows[2], &view->board.rows[4], sizeof view->board.rows[0]);
	view->board.row_count = 3;
	view->has_touch = true;
}

static void plenary_now(struct view *view)
{
	struct board *board = &view->board;
	fill_plenary(&board->rows[0], "Plenaire opening: de vraag van vandaag",
		NOON_MS - 12 * MINUTE_MS, false);
	for (size_t i = 0; i < 4; i++)
		fill_row(&board->rows[i + 1], i, NOON_MS + 33 * MINUTE_MS, true);
	board->row_count = 5;
	board->more_today = true;
}

static void many_sessions(struct view *view)
{
	struct board *board = &view->board;
	for (size_t i = 0; i < sizeof samples / sizeof samples[0]; i++)
		fill_row(&board->rows[i], i, NOON_MS - 12 * MINUTE_MS, false);
	board->row_count = sizeof samples / sizeof samples[0];
	fill_plenary(&board->rows[board->row_count++], "Plenaire afsluiting: wat nemen we mee?",
		NOON_MS + 108 * MINUTE_MS, true);
}

static void over_for_good(struct view *view)
{
	view->board.starts_ms = 0;
	view->board.row_count = 0;
}

static void long_board(struct view *view)
{
	static const char *const titles[] = {
		"Samen betrouwbaar gegevens uitwisselen tussen ziekenhuizen, huisartsen en "
		"thuiszorgorganisaties in de hele regio",
		"Arbeidsongeschiktheidsverzekeringsmaatschappijen en preventie", "Kort",
		"Van loods tot voordeur: hoe regelen we samen de laatste kilometer zonder extra "
		"busjes?"
	};
	struct board *board = &view->board;
	for (size_t i = 0; i < 4; i++)
		utf8_clip(board->rows[i].title, sizeof board->rows[i].title, titles[i]);
	board->rows[2].state = SESSION_CANCELLED;
	utf8_clip(board->rows[0].room, sizeof board->rows[0].room, "Innovatieruimte Spoorzicht");
	utf8_clip(board->rows[0].host, sizeof board->rows[0].host,
		"Prof. dr. Annemarieke van Heemstra-Oosterhuis");
	utf8_clip(board->event, sizeof board->event,
		"Partnerbijeenkomst Samenwerken aan de zorg van morgen in Oost-Nederland");
	board->notices = NOTICE_OFFLINE;
}

static void long_names(struct view *view)
{
	struct answer *answer = &view->answer;
	utf8_clip(answer->name, sizeof answer->name, "Wilhelmina-Jacqueline");
	utf8_clip(answer->organisation, sizeof answer->organisation,
		"Samenwerkingsverband Techniek, Zorg en Ondernemerschap Oost");
	utf8_clip(answer->cluster, sizeof answer->cluster, "creative-making");
	utf8_clip(answer->session.title, sizeof answer->session.title,
		"Samen betrouwbaar gegevens uitwisselen tussen ziekenhuizen, huisartsen en "
		"thuiszorgorganisaties in de hele regio");
	utf8_clip(answer->session.room, sizeof answer->session.room, "Innovatieruimte Spoorzicht");
}

static void other_script(struct view *view)
{
	struct answer *answer = &view->answer;
	utf8_clip(answer->name, sizeof answer->name, "\xD8\xA3\xD9\x85\xD9\x8A\xD9\x86\xD8\xA9");
	utf8_clip(answer->organisation, sizeof answer->organisation,
		"\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D & \xCE\x91\xCE\xB8\xCE\xAE\xCE\xBD\xCE\xB1 & "
		"\xD0\x9C\xD0\xB0\xD1\x80\xD1\x96\xD1\x8F & "
		"\xE1\x83\xA5\xE1\x83\x94\xE1\x83\x97\xE1\x83\x98");
}

static void no_session(struct view *view)
{
	if (view->screen == SCREEN_CHOOSE)
		view->answer.verdict = VERDICT_CHOOSE;
	view->answer.has_session = view->answer.has_after = false;
}

static void no_clock(struct view *view)
{
	no_session(view);
	view->answer.clock_known = view->board.clock_known = false;
}

static void no_name(struct view *view)
{
	view->answer.name[0] = '\0';
}

static void first_one(struct view *view)
{
	view->answer.first_of_organisation = true;
}

static void out_reader(struct view *view)
{
	view->faults = FAULT_READER;
}

static void out_storage(struct view *view)
{
	view->faults = FAULT_STORAGE;
	view->help = HELP_HOST;
}

static void link_wait(struct view *view)
{
	utf8_clip(view->answer.name, sizeof view->answer.name, "Fenna");
}

static void identify(struct view *view)
{
	utf8_clip(view->answer.name, sizeof view->answer.name, "Ingang noord");
	utf8_clip(view->answer.organisation, sizeof view->answer.organisation, "Stationshal");
}

/* Dark and light modules as in a code for the page's address; no phone will read it. */
static void fill_qr(struct qr *qr)
{
	qr->side = 29;
	for (size_t y = 0; y < qr->side; y++) {
		for (size_t x = 0; x < qr->side; x++) {
			const size_t fx = x < 22 ? x : x - 22, fy = y < 22 ? y : y - 22;
			const bool finder = fx < 7 && fy < 7 && (x < 22 || y < 22);
			const bool ring = fx == 0 || fx == 6 || fy == 0 || fy == 6;
			const bool core = fx > 1 && fx < 5 && fy > 1 && fy < 5;
			const size_t at = y * qr->side + x;
			const bool dark = finder ? ring || core : (x * 7 + y * 13 + x * y) % 5 < 2;
			qr->bits[at / 8] |= (uint8_t)(dark << at % 8);
		}
	}
}

static void service_well(struct view *view)
{
	struct service *service = &view->service;
	*service = (struct service){ .reader = "PN532 \xC2\xB7 UART",
		.reader_up = true,
		.readers = 1,
		.readers_up = 1,
		.last_badge_ms = NOON_MS - MINUTE_MS,
		.taps = 412,
		.free_bytes = 24100000000,
		.storage_ok = true,
		.grade = CLOCK_NTP,
		.interface = "wlan0",
		.address = "192.168.4.20",
		.version = "1.4.2",
		.kiosk = "Ingang noord",
		.room = "Stationshal",
		.url = "https://192.168.4.20/",
		.page_runs = true,
		.code = "K7M4-PX9D",
		.code_left_min = 10,
		.fingerprint = "3F:A1:07:9C:5E:D2:88:40",
		.volume_pct = 60 };
	fill_qr(&service->qr);
	view->has_touch = true;
}

static void service_ill(struct view *view)
{
	service_well(view);
	struct service *service = &view->service;
	service->reader_up = false;
	service->readers_up = 0;
	service->storage_ok = false;
	service->grade = CLOCK_NONE;
	service->address[0] = service->url[0] = '\0';
	service->net_lost_ms = NOON_MS - 22 * MINUTE_MS;
	service->has_hub = true;
	service->qr.side = 0;
	service->stick = STICK_GONE;
}

static void service_test(struct view *view)
{
	service_well(view);
	view->service.test = TEST_WAIT;
	view->service.has_hub = true;
	view->service.sync = SYNC_AWAY;
	view->service.sync_waiting = 12;
	view->service.page_runs = false;
}

static void service_copied(struct view *view)
{
	service_well(view);
	view->service.stick = STICK_DONE;
	view->service.readers = 2;
	utf8_clip(view->service.address, sizeof view->service.address,
		"2a02:a45c:1234:5678:dea6:32ff:fe12:3456");
	utf8_clip(view->service.url, sizeof view->service.url,
		"https://[2a02:a45c:1234:5678:dea6:32ff:fe12:3456]:8443/");
}

static void reader_behind(struct view *view)
{
	view->side = SIDE_BEHIND;
}

static void touch_behind(struct view *view)
{
	scene_touchable(view);
	reader_behind(view);
}

static void link_behind(struct view *view)
{
	link_wait(view);
	reader_behind(view);
}

static void done_behind(struct view *view)
{
	scene_done_to_link(view);
	reader_behind(view);
}

/* clang-format off */
const struct scene scenes[] = {
	{ "start", SCREEN_START, BOARD_NONE, NULL },
	{ "start-failed", SCREEN_START, BOARD_NONE, start_failed },
	{ "idle-parallel", SCREEN_IDLE, BOARD_NOW, NULL },
	{ "idle-two", SCREEN_IDLE, BOARD_NOW, two_sessions },
	{ "idle-plenary", SCREEN_IDLE, BOARD_NOW, plenary_now },
	{ "idle-many", SCREEN_IDLE, BOARD_NOW, many_sessions },
	{ "idle-long", SCREEN_IDLE, BOARD_NOW, long_board },
	{ "idle-before", SCREEN_IDLE, BOARD_BEFORE, NULL },
	{ "idle-over", SCREEN_IDLE, BOARD_OVER, NULL },
	{ "idle-over-last", SCREEN_IDLE, BOARD_OVER, over_for_good },
	{ "idle-none", SCREEN_IDLE, BOARD_NONE, NULL },
	{ "idle-no-clock", SCREEN_IDLE, BOARD_TODAY, NULL },
	{ "idle-behind", SCREEN_IDLE, BOARD_NOW, reader_behind },
	{ "idle-behind-touch", SCREEN_IDLE, BOARD_NOW, touch_behind },
	{ "idle-behind-over", SCREEN_IDLE, BOARD_OVER, reader_behind },
	{ "welcome-behind", SCREEN_WELCOME, BOARD_NOW, reader_behind },
	{ "welcome", SCREEN_WELCOME, BOARD_NOW, NULL },
	{ "welcome-long", SCREEN_WELCOME, BOARD_NOW, long_names },
	{ "welcome-script", SCREEN_WELCOME, BOARD_NOW, other_script },
	{ "welcome-first", SCREEN_WELCOME, BOARD_NOW, first_one },
	{ "welcome-nothing", SCREEN_WELCOME, BOARD_NOW, no_session },
	{ "welcome-no-clock", SCREEN_WELCOME, BOARD_TODAY, no_clock },
	{ "idle-touch", SCREEN_IDLE, BOARD_NOW, scene_touchable },
	{ "choose-later", SCREEN_CHOOSE, BOARD_NOW, no_session },
	{ "choose-two", SCREEN_CHOOSE, BOARD_NOW, scene_choose_two },
	{ "choose-three", SCREEN_CHOOSE, BOARD_NOW, scene_choose_three },
	{ "choose-four", SCREEN_CHOOSE, BOARD_NOW, scene_choose_four },
	{ "choose-ateliers", SCREEN_CHOOSE, BOARD_NOW, scene_choose_ateliers },
	{ "choose-six", SCREEN_CHOOSE, BOARD_NOW, scene_choose_six },
	{ "choose-pages", SCREEN_CHOOSE, BOARD_NOW, scene_choose_pages },
	{ "choose-long", SCREEN_CHOOSE, BOARD_NOW, scene_choose_long },
	{ "choose-pressed", SCREEN_CHOOSE, BOARD_NOW, scene_pressed },
	{ "repeat", SCREEN_REPEAT, BOARD_NOW, NULL },
	{ "repeat-no-name", SCREEN_REPEAT, BOARD_NOW, no_name },
	{ "repeat-touch", SCREEN_REPEAT, BOARD_NOW, scene_repeat },
	{ "goodbye", SCREEN_GOODBYE, BOARD_NOW, scene_goodbye },
	{ "full-everywhere", SCREEN_FULL, BOARD_NOW, NULL },
	{ "full", SCREEN_FULL, BOARD_NOW, scene_full },
	{ "early", SCREEN_EARLY, BOARD_BEFORE, NULL },
	{ "other-day", SCREEN_OTHER_DAY, BOARD_OVER, NULL },
	{ "closed", SCREEN_CLOSED, BOARD_OVER, NULL },
	{ "unknown", SCREEN_UNKNOWN, BOARD_NOW, NULL },
	{ "unknown-touch", SCREEN_UNKNOWN, BOARD_NOW, scene_touchable },
	{ "register-cluster", SCREEN_REG_CLUSTER, BOARD_NOW, scene_touchable },
	{ "register-organisation", SCREEN_REG_ORGANISATION, BOARD_NOW, scene_typing },
	{ "register-organisation-empty", SCREEN_REG_ORGANISATION, BOARD_NOW, scene_no_organisation_yet },
	{ "register-organisation-new", SCREEN_REG_ORGANISATION, BOARD_NOW, scene_new_organisation },
	{ "register-organisation-accents", SCREEN_REG_ORGANISATION, BOARD_NOW, scene_accents },
	{ "register-name", SCREEN_REG_NAME, BOARD_NOW, scene_name },
	{ "register-name-empty", SCREEN_REG_NAME, BOARD_NOW, scene_digits },
	{ "register-done", SCREEN_REG_DONE, BOARD_NOW, scene_done },
	{ "register-done-choose", SCREEN_REG_DONE, BOARD_NOW, scene_done_to_choose },
	{ "register-done-behind", SCREEN_REG_DONE, BOARD_NOW, done_behind },
	{ "register-done-link", SCREEN_REG_DONE, BOARD_NOW, scene_done_to_link },
	{ "phone", SCREEN_PHONE, BOARD_NOW, NULL },
	{ "too-short", SCREEN_TOO_SHORT, BOARD_NOW, NULL },
	{ "blocked", SCREEN_BLOCKED, BOARD_NOW, NULL },
	{ "out-reader", SCREEN_OUT, BOARD_NOW, out_reader },
	{ "out-storage", SCREEN_OUT, BOARD_NOW, out_storage },
	{ "link", SCREEN_LINK, BOARD_NOW, link_wait },
	{ "link-behind", SCREEN_LINK, BOARD_NOW, link_behind },
	{ "link-done", SCREEN_LINK_DONE, BOARD_NOW, link_wait },
	{ "link-taken", SCREEN_LINK_TAKEN, BOARD_NOW, link_wait },
	{ "link-failed", SCREEN_LINK_FAILED, BOARD_NOW, link_wait },
	{ "identify", SCREEN_IDENTIFY, BOARD_NOW, identify },
	{ "service", SCREEN_SERVICE, BOARD_NOW, service_well },
	{ "service-ill", SCREEN_SERVICE, BOARD_NOW, service_ill },
	{ "service-test", SCREEN_SERVICE, BOARD_NOW, service_test },
	{ "service-copied", SCREEN_SERVICE, BOARD_NOW, service_copied },
};
/* clang-format on */
const size_t scene_count = sizeof scenes / sizeof scenes[0];

void scene_view(const struct scene *scene, enum language language, struct view *ret)
{
	const int theme = ret->theme;
	const enum reader_side side = ret->side;
	memset(ret, 0, sizeof *ret);
	ret->screen = ret->answer.screen = scene->screen;
	ret->language = language;
	ret->theme = theme;
	ret->side = side;
	ret->now_ms = NOON_MS;
	ret->start_step = 3;
	ret->fault_since_ms = NOON_MS - 30 * MINUTE_MS;
	fill_board(&ret->board, scene->board);
	fill_answer(&ret->answer);
	if (scene->change)
		scene->change(ret);
	ret->time_left = screen_stay_ms(ret) ? 0.7f : 0;
}

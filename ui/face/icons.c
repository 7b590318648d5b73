#include "face/icons.h"

/* clang-format off */
static const struct icon_part ict_parts[] = {
	{ 'B', false, 5, { 2.5f, 2.5f, 8.5f, 8.5f, 1.2f } },
	{ 'B', false, 5, { 13.0f, 2.5f, 8.5f, 8.5f, 1.2f } },
	{ 'B', false, 5, { 2.5f, 13.0f, 8.5f, 8.5f, 1.2f } },
	{ 'B', false, 5, { 13.0f, 13.0f, 8.5f, 8.5f, 1.2f } },
};
static const struct icon_part health_parts[] = {
	{ 'B', false, 5, { 8.25f, 2.0f, 7.5f, 20.0f, 1.2f } },
	{ 'B', false, 5, { 2.0f, 8.25f, 20.0f, 7.5f, 1.2f } },
};
static const struct icon_part maak_parts[] = {
	{ 'P', false, 12, { 12.0f, 1.0f, 21.5f, 6.5f, 21.5f, 17.5f, 12.0f, 23.0f, 2.5f, 17.5f, 2.5f, 6.5f } },
	{ 'C', true, 3, { 12.0f, 12.0f, 4.2f } },
};
static const struct icon_part log_parts[] = {
	{ 'P', false, 10, { 1.5f, 4.0f, 13.5f, 4.0f, 22.5f, 12.0f, 22.3f, 12.2f, 7.6f, 12.2f } },
	{ 'P', false, 8, { 7.5f, 12.0f, 22.5f, 12.0f, 13.5f, 20.0f, 1.5f, 20.0f } },
};
static const struct icon_part all_parts[] = {
	{ 'R', false, 4, { 12.0f, 12.0f, 8.0f, 4.0f } },
};
static const struct icon_part none_parts[] = {
	{ 'R', false, 4, { 12.0f, 12.0f, 9.0f, 2.0f } },
};
static const struct icon_part check_parts[] = {
	{ 'L', false, 7, { 3.2f, 4.5f, 12.8f, 9.8f, 18.0f, 19.5f, 6.6f } },
};
static const struct icon_part clock_parts[] = {
	{ 'R', false, 4, { 12.0f, 12.0f, 9.0f, 2.4f } },
	{ 'L', false, 7, { 2.4f, 12.0f, 6.6f, 12.0f, 12.0f, 16.0f, 14.6f } },
};
static const struct icon_part again_parts[] = {
	{ 'L', false, 7, { 2.6f, 1.8f, 12.6f, 6.4f, 17.2f, 14.4f, 7.4f } },
	{ 'L', false, 7, { 2.6f, 9.4f, 16.0f, 10.8f, 17.4f, 21.6f, 6.6f } },
};
static const struct icon_part bye_parts[] = {
	{ 'L', false, 9, { 2.6f, 10.0f, 3.5f, 4.5f, 3.5f, 4.5f, 20.5f, 10.0f, 20.5f } },
	{ 'L', false, 5, { 2.6f, 9.5f, 12.0f, 18.0f, 12.0f } },
	{ 'P', false, 6, { 16.0f, 6.4f, 22.4f, 12.0f, 16.0f, 17.6f } },
};
static const struct icon_part full_parts[] = {
	{ 'C', false, 3, { 4.6f, 8.6f, 2.4f } },
	{ 'B', false, 5, { 1.0f, 12.2f, 7.2f, 8.3f, 3.4f } },
	{ 'C', false, 3, { 19.4f, 8.6f, 2.4f } },
	{ 'B', false, 5, { 15.8f, 12.2f, 7.2f, 8.3f, 3.4f } },
	{ 'B', true, 5, { 6.6f, 9.6f, 10.8f, 12.4f, 5.0f } },
	{ 'C', false, 3, { 12.0f, 6.2f, 3.4f } },
	{ 'B', false, 5, { 7.6f, 10.8f, 8.8f, 9.7f, 4.2f } },
};
static const struct icon_part unknown_parts[] = {
	{ 'A', false, 6, { 12.0f, 8.6f, 4.6f, 2.8f, 180.0f, 405.0f } },
	{ 'L', false, 7, { 2.8f, 15.2f, 11.9f, 12.9f, 13.6f, 12.0f, 15.2f } },
	{ 'C', false, 3, { 12.0f, 20.0f, 1.9f } },
};
static const struct icon_part hold_parts[] = {
	{ 'O', false, 6, { 3.0f, 7.0f, 11.5f, 15.0f, 2.0f, 2.2f } },
	{ 'C', false, 3, { 8.7f, 13.0f, 2.1f } },
	{ 'B', false, 5, { 5.9f, 16.4f, 5.7f, 2.2f, 1.1f } },
	{ 'A', false, 6, { 16.2f, 7.2f, 5.4f, 2.0f, -100.0f, 60.0f } },
	{ 'L', false, 7, { 1.8f, 16.2f, 4.6f, 16.2f, 7.4f, 18.2f, 8.6f } },
};
static const struct icon_part phone_parts[] = {
	{ 'O', false, 6, { 6.5f, 2.5f, 11.0f, 19.0f, 2.4f, 2.2f } },
	{ 'B', false, 5, { 10.0f, 17.6f, 4.0f, 1.6f, 0.8f } },
	{ 'L', true, 5, { 5.2f, 3.2f, 20.8f, 20.8f, 3.2f } },
	{ 'L', false, 5, { 2.4f, 3.2f, 20.8f, 20.8f, 3.2f } },
};
static const struct icon_part stop_parts[] = {
	{ 'P', false, 16, { 8.0f, 2.0f, 16.0f, 2.0f, 22.0f, 8.0f, 22.0f, 16.0f, 16.0f, 22.0f, 8.0f, 22.0f, 2.0f, 16.0f, 2.0f, 8.0f } },
	{ 'B', true, 5, { 6.0f, 10.2f, 12.0f, 3.6f, 1.2f } },
};
static const struct icon_part pause_parts[] = {
	{ 'B', false, 5, { 5.5f, 4.0f, 4.6f, 16.0f, 1.4f } },
	{ 'B', false, 5, { 13.9f, 4.0f, 4.6f, 16.0f, 1.4f } },
};
static const struct icon_part badge_parts[] = {
	{ 'B', false, 5, { 4.0f, 3.0f, 16.0f, 18.5f, 2.6f } },
	{ 'B', true, 5, { 9.5f, 5.0f, 5.0f, 1.6f, 0.8f } },
	{ 'C', true, 3, { 12.0f, 11.0f, 2.5f } },
	{ 'B', true, 5, { 7.6f, 15.0f, 8.8f, 3.4f, 1.7f } },
};
static const struct icon_part arrow_parts[] = {
	{ 'P', false, 6, { 13.0f, 3.5f, 22.5f, 12.0f, 13.0f, 20.5f } },
	{ 'B', false, 5, { 1.5f, 9.0f, 12.5f, 6.0f, 1.0f } },
};
static const struct icon_part back_parts[] = {
	{ 'L', false, 5, { 2.6f, 20.0f, 12.0f, 5.0f, 12.0f } },
	{ 'L', false, 7, { 2.6f, 11.0f, 5.5f, 4.5f, 12.0f, 11.0f, 18.5f } },
};
static const struct icon_part close_parts[] = {
	{ 'L', false, 5, { 2.6f, 5.0f, 5.0f, 19.0f, 19.0f } },
	{ 'L', false, 5, { 2.6f, 19.0f, 5.0f, 5.0f, 19.0f } },
};
static const struct icon_part plus_parts[] = {
	{ 'L', false, 5, { 2.8f, 12.0f, 4.5f, 12.0f, 19.5f } },
	{ 'L', false, 5, { 2.8f, 4.5f, 12.0f, 19.5f, 12.0f } },
};
static const struct icon_part desk_parts[] = {
	{ 'C', false, 3, { 12.0f, 5.4f, 3.4f } },
	{ 'B', false, 5, { 7.0f, 10.0f, 10.0f, 6.0f, 3.0f } },
	{ 'B', false, 5, { 2.0f, 14.4f, 20.0f, 2.6f, 1.0f } },
	{ 'B', false, 5, { 4.0f, 17.0f, 2.4f, 5.0f, 0.0f } },
	{ 'B', false, 5, { 17.6f, 17.0f, 2.4f, 5.0f, 0.0f } },
};
static const struct icon_part pen_parts[] = {
	{ 'P', false, 8, { 16.2f, 2.6f, 21.4f, 7.8f, 8.6f, 20.6f, 3.4f, 15.4f } },
	{ 'P', false, 6, { 2.6f, 16.6f, 7.4f, 21.4f, 1.8f, 22.2f } },
};
static const struct icon_part erase_parts[] = {
	{ 'P', false, 6, { 1.5f, 12.0f, 8.0f, 5.0f, 8.0f, 19.0f } },
	{ 'B', false, 5, { 7.5f, 5.0f, 15.0f, 14.0f, 1.6f } },
	{ 'L', true, 5, { 2.0f, 11.5f, 9.0f, 17.5f, 15.0f } },
	{ 'L', true, 5, { 2.0f, 17.5f, 9.0f, 11.5f, 15.0f } },
};
static const struct icon_part usb_parts[] = {
	{ 'O', false, 6, { 7.0f, 2.0f, 10.0f, 7.0f, 1.0f, 2.0f } },
	{ 'B', false, 5, { 5.0f, 9.0f, 14.0f, 10.0f, 2.0f } },
	{ 'B', false, 5, { 10.5f, 19.0f, 3.0f, 3.5f, 0.0f } },
};
static const struct icon_part volume_parts[] = {
	{ 'B', false, 5, { 2.5f, 8.5f, 5.0f, 7.0f, 1.0f } },
	{ 'P', false, 8, { 7.0f, 8.5f, 12.5f, 3.5f, 12.5f, 20.5f, 7.0f, 15.5f } },
	{ 'A', false, 6, { 12.5f, 12.0f, 4.2f, 2.0f, -45.0f, 45.0f } },
	{ 'A', false, 6, { 12.5f, 12.0f, 8.0f, 2.0f, -45.0f, 45.0f } },
};
static const struct icon_part warn_parts[] = {
	{ 'P', false, 6, { 12.0f, 2.0f, 23.0f, 21.5f, 1.0f, 21.5f } },
	{ 'B', true, 5, { 10.9f, 8.4f, 2.2f, 6.8f, 1.1f } },
	{ 'C', true, 3, { 12.0f, 18.0f, 1.4f } },
};
static const struct icon_part okdot_parts[] = {
	{ 'C', false, 3, { 12.0f, 12.0f, 10.0f } },
	{ 'L', true, 7, { 2.6f, 7.0f, 12.4f, 10.6f, 16.0f, 17.2f, 8.6f } },
};
static const struct icon_part offline_parts[] = {
	{ 'R', false, 4, { 12.0f, 12.0f, 8.5f, 2.6f } },
	{ 'L', false, 5, { 2.6f, 4.0f, 20.0f, 20.0f, 4.0f } },
};
static const struct icon_part move_parts[] = {
	{ 'L', false, 5, { 2.6f, 3.5f, 12.0f, 18.0f, 12.0f } },
	{ 'L', false, 7, { 2.6f, 12.5f, 5.5f, 19.5f, 12.0f, 12.5f, 18.5f } },
};
static const struct icon_part seat_parts[] = {
	{ 'C', false, 3, { 12.0f, 6.5f, 3.8f } },
	{ 'B', false, 5, { 5.0f, 12.4f, 14.0f, 9.6f, 4.8f } },
};
static const struct icon_part reader_parts[] = {
	{ 'O', false, 6, { 3.0f, 3.0f, 18.0f, 18.0f, 4.0f, 2.2f } },
	{ 'A', false, 6, { 6.5f, 12.0f, 3.6f, 2.0f, -50.0f, 50.0f } },
	{ 'A', false, 6, { 6.5f, 12.0f, 7.6f, 2.0f, -50.0f, 50.0f } },
	{ 'C', false, 3, { 7.0f, 12.0f, 1.6f } },
};
static const struct icon_part disk_parts[] = {
	{ 'O', false, 6, { 3.0f, 4.0f, 18.0f, 16.0f, 2.4f, 2.2f } },
	{ 'B', false, 5, { 6.5f, 14.2f, 7.0f, 2.2f, 1.0f } },
	{ 'C', false, 3, { 17.0f, 15.3f, 1.4f } },
};
static const struct icon_part net_parts[] = {
	{ 'C', false, 3, { 12.0f, 19.0f, 2.2f } },
	{ 'A', false, 6, { 12.0f, 19.0f, 7.0f, 2.2f, 225.0f, 315.0f } },
	{ 'A', false, 6, { 12.0f, 19.0f, 13.0f, 2.2f, 225.0f, 315.0f } },
};
static const struct icon_part sync_parts[] = {
	{ 'A', false, 6, { 12.0f, 12.0f, 8.0f, 2.2f, 200.0f, 340.0f } },
	{ 'A', false, 6, { 12.0f, 12.0f, 8.0f, 2.2f, 20.0f, 160.0f } },
	{ 'P', false, 6, { 22.6f, 6.0f, 20.4f, 12.6f, 15.8f, 7.8f } },
	{ 'P', false, 6, { 1.4f, 18.0f, 3.6f, 11.4f, 8.2f, 16.2f } },
};
static const struct icon_part tag_parts[] = {
	{ 'O', false, 6, { 3.0f, 3.0f, 18.0f, 18.0f, 3.0f, 2.2f } },
	{ 'L', false, 5, { 2.2f, 8.0f, 9.0f, 16.0f, 9.0f } },
	{ 'L', false, 5, { 2.2f, 8.0f, 13.0f, 16.0f, 13.0f } },
	{ 'L', false, 5, { 2.2f, 8.0f, 17.0f, 12.5f, 17.0f } },
};
static const struct icon_part calendar_parts[] = {
	{ 'O', false, 6, { 3.0f, 5.0f, 18.0f, 16.0f, 2.4f, 2.2f } },
	{ 'B', false, 5, { 3.0f, 5.0f, 18.0f, 5.0f, 1.6f } },
	{ 'B', false, 5, { 6.5f, 2.0f, 2.4f, 5.0f, 1.0f } },
	{ 'B', false, 5, { 15.1f, 2.0f, 2.4f, 5.0f, 1.0f } },
};
static const struct icon_part pole_parts[] = {
	{ 'B', false, 5, { 4.0f, 1.5f, 16.0f, 12.5f, 3.6f } },
	{ 'B', false, 5, { 10.2f, 13.0f, 3.6f, 9.0f, 0.0f } },
	{ 'B', false, 5, { 6.0f, 20.8f, 12.0f, 2.0f, 1.0f } },
	{ 'L', true, 7, { 2.2f, 8.0f, 7.9f, 10.9f, 10.6f, 16.2f, 5.2f } },
};

static const struct {
	const struct icon_part *parts;
	size_t count;
} icons[ICON_COUNT] = {
	[ICON_ICT] = { ict_parts, sizeof ict_parts / sizeof ict_parts[0] },
	[ICON_HEALTH] = { health_parts, sizeof health_parts / sizeof health_parts[0] },
	[ICON_MAAK] = { maak_parts, sizeof maak_parts / sizeof maak_parts[0] },
	[ICON_LOG] = { log_parts, sizeof log_parts / sizeof log_parts[0] },
	[ICON_ALL] = { all_parts, sizeof all_parts / sizeof all_parts[0] },
	[ICON_NONE] = { none_parts, sizeof none_parts / sizeof none_parts[0] },
	[ICON_CHECK] = { check_parts, sizeof check_parts / sizeof check_parts[0] },
	[ICON_CLOCK] = { clock_parts, sizeof clock_parts / sizeof clock_parts[0] },
	[ICON_AGAIN] = { again_parts, sizeof again_parts / sizeof again_parts[0] },
	[ICON_BYE] = { bye_parts, sizeof bye_parts / sizeof bye_parts[0] },
	[ICON_FULL] = { full_parts, sizeof full_parts / sizeof full_parts[0] },
	[ICON_UNKNOWN] = { unknown_parts, sizeof unknown_parts / sizeof unknown_parts[0] },
	[ICON_HOLD] = { hold_parts, sizeof hold_parts / sizeof hold_parts[0] },
	[ICON_PHONE] = { phone_parts, sizeof phone_parts / sizeof phone_parts[0] },
	[ICON_STOP] = { stop_parts, sizeof stop_parts / sizeof stop_parts[0] },
	[ICON_PAUSE] = { pause_parts, sizeof pause_parts / sizeof pause_parts[0] },
	[ICON_BADGE] = { badge_parts, sizeof badge_parts / sizeof badge_parts[0] },
	[ICON_ARROW] = { arrow_parts, sizeof arrow_parts / sizeof arrow_parts[0] },
	[ICON_BACK] = { back_parts, sizeof back_parts / sizeof back_parts[0] },
	[ICON_CLOSE] = { close_parts, sizeof close_parts / sizeof close_parts[0] },
	[ICON_PLUS] = { plus_parts, sizeof plus_parts / sizeof plus_parts[0] },
	[ICON_DESK] = { desk_parts, sizeof desk_parts / sizeof desk_parts[0] },
	[ICON_PEN] = { pen_parts, sizeof pen_parts / sizeof pen_parts[0] },
	[ICON_ERASE] = { erase_parts, sizeof erase_parts / sizeof erase_parts[0] },
	[ICON_USB] = { usb_parts, sizeof usb_parts / sizeof usb_parts[0] },
	[ICON_VOLUME] = { volume_parts, sizeof volume_parts / sizeof volume_parts[0] },
	[ICON_WARN] = { warn_parts, sizeof warn_parts / sizeof warn_parts[0] },
	[ICON_OKDOT] = { okdot_parts, sizeof okdot_parts / sizeof okdot_parts[0] },
	[ICON_OFFLINE] = { offline_parts, sizeof offline_parts / sizeof offline_parts[0] },
	[ICON_MOVE] = { move_parts, sizeof move_parts / sizeof move_parts[0] },
	[ICON_SEAT] = { seat_parts, sizeof seat_parts / sizeof seat_parts[0] },
	[ICON_READER] = { reader_parts, sizeof reader_parts / sizeof reader_parts[0] },
	[ICON_DISK] = { disk_parts, sizeof disk_parts / sizeof disk_parts[0] },
	[ICON_NET] = { net_parts, sizeof net_parts / sizeof net_parts[0] },
	[ICON_SYNC] = { sync_parts, sizeof sync_parts / sizeof sync_parts[0] },
	[ICON_TAG] = { tag_parts, sizeof tag_parts / sizeof tag_parts[0] },
	[ICON_CALENDAR] = { calendar_parts, sizeof calendar_parts / sizeof calendar_parts[0] },
	[ICON_POLE] = { pole_parts, sizeof pole_parts / sizeof pole_parts[0] },
};
/* clang-format on */

const struct icon_part *icon_parts(enum icon icon, size_t *ret_count)
{
	*ret_count = icons[icon].count;
	return icons[icon].parts;
}

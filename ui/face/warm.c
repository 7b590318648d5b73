#include "face/warm.h"

#include <string.h>

#include "core/text.h"

enum { FIRST_ANSWER = SCREEN_IDLE, ANSWERS = SCREEN_COUNT - FIRST_ANSWER };

static void warm_welcome(struct answer *ret, const struct board *board, size_t which)
{
	ret->has_session = ret->has_after = board->row_count > 0;
	if (board->row_count > 0)
		ret->session = ret->after = board->rows[which % board->row_count];
	ret->is_plenary = ret->session.cluster[0] == '\0';
	if (board->cluster_count == 0)
		return;
	/* The name of a cluster stands under any organisation. */
	const struct board_cluster *cluster = &board->clusters[which % board->cluster_count];
	utf8_clip(ret->cluster, sizeof ret->cluster, cluster->code);
	utf8_clip(ret->organisation, sizeof ret->organisation, cluster->code);
}

bool warm_view(struct view *ret, const struct view *now, size_t step)
{
	const struct board *board = &now->board;
	const size_t welcomes =
		board->row_count > board->cluster_count ? board->row_count : board->cluster_count;
	const size_t each = ANSWERS + welcomes, language = step / each, which = step % each;
	if (language >= LANGUAGE_COUNT)
		return false;
	*ret = *now;
	ret->language = (enum language)language;
	memset(&ret->answer, 0, sizeof ret->answer);
	ret->answer.clock_known = board->clock_known;
	ret->screen = which < ANSWERS ? (enum screen)(FIRST_ANSWER + which) : SCREEN_WELCOME;
	if (which >= ANSWERS)
		warm_welcome(&ret->answer, board, which - ANSWERS);
	return true;
}

/**
 * Options that were chosen over those of the file (core/override.h), and what holds with them.
 * Functions return 0 or -errno.
 */
#ifndef STORE_OVERRIDE_H
#define STORE_OVERRIDE_H

#include "core/override.h"
#include "store/store.h"

#define OVERRIDE_BY_PAGE "page"
#define OVERRIDE_BY_KIOSK "kiosk"

/* Only those that may be chosen; @ret is zeroed whole, so that two can be compared. */
int override_load(struct store *store, struct overrides *ret);
int override_put(struct store *store, const char *section, const char *name, const char *value,
	const char *origin, int64_t wall_ms);
int override_drop(struct store *store, const char *section, const char *name);

/* The options that hold; of one thread. @now is that of the file until the first refresh. */
struct options {
	const struct config *file; /* borrowed */
	struct config now;
	struct overrides chosen;
	struct said fault; /* why what was chosen does not hold; "" mostly */
	int64_t version;   /* of the store, as last looked at */
};
void options_init(struct options *ret, const struct config *file);
/* Looks whether another connection changed the store; @force looks all the same. 1 when other
 * options hold now or others were chosen, 0 when not, -errno. */
int options_refresh(struct options *options, struct store *store, bool force);

#endif

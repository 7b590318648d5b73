/** What was set at the kiosk itself and outlives a power cut. Functions return 0 or -errno. */
#ifndef STORE_SETTING_H
#define STORE_SETTING_H

#include "store/store.h"

/* -ENOENT when it was never set; @ret is then untouched. */
int setting_get(struct store *store, const char *name, int64_t *ret);
int setting_set(struct store *store, const char *name, int64_t value);

#endif

/** What the audit log can say: every act has words in both languages (act.…). */
#ifndef WEB_ACTS_H
#define WEB_ACTS_H

#include <stddef.h>

extern const char *const acts[];
extern const size_t act_count;

#endif

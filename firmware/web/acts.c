#include "web/acts.h"

const char *const acts[] = {
	"signed-in",
	"sign-in-refused",
	"signed-out",
	"signed-out-everywhere",
	"code-accepted",
	"code-refused",
	"password-set",
	"downloaded",
	"downloaded-names",
	"token-made",
	"token-revoked",
	"kiosk-identified",
	"screen-seen",
};
const size_t act_count = sizeof acts / sizeof acts[0];

#include "web/confirm.h"

#include "base/clock.h"
#include "base/secret.h"
#include "store/account.h"
#include "web/limits.h"
#include "web/login.h"

int confirm_password(
	struct request *request, struct response *response, struct sheet *sheet, const char *field)
{
	char hash[SECRET_HASH_SIZE];
	struct limits *limits = request->site->limits;
	const int left = limits_take(
		limits, TRIAL_PASSWORD, request->address, request->browser_token, clock_boot_ms());

	if (left < 0) {
		const int r = login_too_often(response, -left);
		return r < 0 ? r : 1;
	}
	const int r = account_password_hash(request->stores.read, ROLE_ORGANISER, hash);
	if (r == 0 && !secret_password_holds(hash, request_field(request, field)))
		sheet_fault(sheet, field, "password");
	else if (r == 0)
		limits_known(limits, TRIAL_PASSWORD, request->address, request->browser_token);
	return r;
}

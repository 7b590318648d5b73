/* First visit: the code of the kiosk's own screen, then a password. */
#include <errno.h>

#include "base/clock.h"
#include "store/access_code.h"
#include "store/audit.h"
#include "web/form.h"
#include "web/guard.h"
#include "web/limits.h"
#include "web/login.h"
#include "web/routes.h"

static const char *const code_fields[] = { "code", NULL };
static const char *const password_fields[] = { "who", NULL };

int page_root(struct request *request, struct response *response)
{
	char hash[SECRET_HASH_SIZE];
	if (request->owner.role > ROLE_SETUP)
		return respond_see_other(response, "/live");
	const int r = account_password_hash(request->stores.read, ROLE_ORGANISER, hash);
	if (r < 0)
		return r;
	return respond_see_other(response, hash[0] ? "/login" : "/start");
}

int page_start(struct request *request, struct response *response)
{
	json_t *data = json_pack(
		"{s:{s:s}, s:{}}", "form", "code", request_query(request, "code"), "fault");
	return respond_page(response, 200, "start", data);
}

static int ask_code_again(struct request *request, struct response *response)
{
	struct form form;
	form_init(&form, request, code_fields);
	form_fault(&form, "code", request_field(request, "code")[0] ? "code" : "required", 0, 0);
	return respond_page(response, 422, "start", form.data);
}

int page_start_code(struct request *request, struct response *response)
{
	struct moment now;
	bool granted = false;
	char token[SECRET_TOKEN_SIZE];
	const struct session_owner guest = { .role = ROLE_SETUP };
	clock_read(&now);
	const int left = limits_take(request->site->limits, TRIAL_CODE, request->address,
		request->browser_token, now.mono_ms);
	if (left < 0)
		return login_too_often(response, -left);
	int r = access_code_try(
		request->stores.write, &now, request_field(request, "code"), &granted, NULL);
	if (r < 0)
		return r;
	if (!granted) {
		audit_note(request, "code-refused", request->address, "");
		return ask_code_again(request, response);
	}
	limits_known(request->site->limits, TRIAL_CODE, request->address, request->browser_token);
	r = session_begin(request->stores.write, &guest, &now, SETUP_MS, token);
	if (r < 0)
		return r;
	audit_note(request, "code-accepted", request->address, "");
	respond_session(response, token, SETUP_MS);
	return respond_see_other(response, "/start/password");
}

int page_start_password(struct request *request, struct response *response)
{
	struct form form;
	form_init(&form, request, password_fields);
	return respond_page(response, 200, "start_password", form.data);
}

/* A session that followed the code may choose the password once. */
static int set_password(struct request *request, struct response *response)
{
	char hash[SECRET_HASH_SIZE];
	int r = secret_hash_password(hash, request_field(request, "pw"));
	if (r == 0)
		r = account_set_password(
			request->stores.write, ROLE_ORGANISER, hash, clock_wall_ms());
	if (r == 0)
		r = session_end(request->stores.write, request->session_token);
	if (r == 0)
		r = login_begin(request, response, ROLE_ORGANISER, request_field(request, "who"));
	if (r == 0)
		r = audit_note(request, "password-set", "organiser", "");
	return r < 0 ? r : respond_see_other(response, "/live");
}

int page_start_password_set(struct request *request, struct response *response)
{
	struct form form;
	int letters;
	form_init(&form, request, password_fields);
	const char *password = request_field(request, "pw");
	const char *trouble = password_trouble(password, &letters);
	if (!request_field(request, "who")[0])
		form_fault(&form, "who", "required", 0, 0);
	if (trouble)
		form_fault(&form, "pw", trouble, letters, SECRET_PASSWORD_MIN);
	else if (!secret_equal(password, request_field(request, "pw2")))
		form_fault(&form, "pw2", "pw.differ", 0, 0);
	if (form.faults)
		return respond_page(response, 422, "start_password", form.data);
	form_finish(&form);
	return set_password(request, response);
}

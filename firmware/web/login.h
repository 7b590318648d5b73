/** Signing in, also where another page should have been. */
#ifndef WEB_LOGIN_H
#define WEB_LOGIN_H

#include "web/response.h"

/* 401: the sign-in page at the URL that was asked; what a form held comes along, to be sent after
 * signing in. */
int login_ask_again(struct request *request, struct response *response);

/* Begins a session of @role for @who; the browser gets new cookies. The request is from then on
 * that of its owner. 0 or -errno. */
int login_begin(
	struct request *request, struct response *response, enum role role, const char *who);

const char *login_part_of_day(void); /* "morning", "afternoon", "evening" */
/* 429 with Retry-After. */
int login_too_often(struct response *response, int wait_s);

#endif

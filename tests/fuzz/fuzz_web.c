/* Bytes as a browser might send them, through libmicrohttpd, to the handlers; as nobody, as an
 * organiser. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "web/harness.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerInitialize(int *argc, char ***argv);

enum { TURNS_MAX = 40 };

static struct harness harness;

static void stop(void)
{
	harness_stop(&harness);
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc;
	(void)argv;
	if (harness_start(&harness, false) < 0)
		abort();
	atexit(stop);
	return 0;
}

/* "@O" stands for the organiser's cookies, "@F" for the token of forms: what no fuzzer would guess.
 */
static size_t fill(const uint8_t *data, size_t size, char *ret, size_t room)
{
	char cookies[256];
	size_t at = 0;
	snprintf(cookies, sizeof cookies,
		"Cookie: __Host-browser=" BROWSER "; __Host-session=%s\r\n",
		harness.sessions[ROLE_ORGANISER]);
	for (size_t i = 0; i < size && at + sizeof cookies < room; i++) {
		const bool mark = data[i] == '@' && i + 1 < size;
		const char *put = mark && data[i + 1] == 'O'   ? cookies
				  : mark && data[i + 1] == 'F' ? harness.form_token
							       : NULL;
		if (put) {
			memcpy(ret + at, put, strlen(put));
			at += strlen(put);
			i++;
		} else {
			ret[at++] = (char)data[i];
		}
	}
	return at;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static char bytes[256 * 1024];
	char answer[65536];
	const size_t length = fill(data, size, bytes, sizeof bytes);
	const int fd = harness_connect(&harness);
	if (fd < 0)
		abort();
	if (send(fd, bytes, length, MSG_NOSIGNAL | MSG_DONTWAIT) < 0) {
		close(fd);
		return 0;
	}
	shutdown(fd, SHUT_WR);
	for (int turn = 0; turn < TURNS_MAX; turn++) {
		server_turn(harness.server, turn < 8 ? 0 : 1);
		const ssize_t got = recv(fd, answer, sizeof answer, MSG_DONTWAIT);
		if (got == 0)
			break;
		if (got > 12 && memcmp(answer, "HTTP/1.1 500", 12) == 0)
			__builtin_trap();
	}
	close(fd);
	server_turn(harness.server, 0);
	return 0;
}

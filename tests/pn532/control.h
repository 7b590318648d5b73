/** How the simulator is driven: one line a command, one line an answer, over a Unix socket. */
#ifndef PN532_CONTROL_H
#define PN532_CONTROL_H

#include "tests/pn532/fault.h"

#define CONTROL_CLIENTS 16
#define CONTROL_LINE 2048

struct simulator {
	struct chip chip;
	struct line line;
	struct fault fault;
	uint32_t next_number;
	bool stopping;
};

struct client {
	int fd; /* -1 when free */
	size_t length;
	char line[CONTROL_LINE];
};

extern const char control_help[];

/* Answers one command line; @words is cut up. */
void control_answer(
	struct simulator *simulator, char *words, int64_t now_ns, char *ret, size_t size);

int control_listen(const char *path); /* -errno */
void control_accept(struct client clients[CONTROL_CLIENTS], int listen_fd);
void control_serve(struct simulator *simulator, struct client *client, int64_t now_ns);
int control_say(const char *path, int count, char **words); /* the client's side: exit status */

#endif

#include "tests/pn532/control.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

const char control_help[] =
	"Usage: pn532 --link PATH --control SOCKET [--real-timing]\n"
	"       pn532 say SOCKET COMMAND...\n\n"
	"A simulated PN532 behind a pty; PATH is a stable link to its tty. One attempt to find a "
	"card\n"
	"takes 5 ms; --real-timing adds 115200-baud bytes, radio and firmware time.\n\n"
	"put NAME KIND [uid=HEX] [ndef=HEX]   lay a badge on the reader\n"
	"tap KIND [uid=HEX] [ndef=HEX] [ms=N] lay it there for N ms (300)\n"
	"remove NAME|all                      take it away\n"
	"fault KIND [N]                       hit the next N commands (1): bad-dcs, bad-lcs, nack, "
	"no-ack,\n"
	"                                     no-answer, double, short; fault late MS [N]; fault "
	"torn N (torn off\n"
	"                                     after N exchanges); fault flaky PERCENT; fault "
	"garbage MS; fault lowvbat;\n"
	"                                     fault hung; fault none\n"
	"unplug, plug                         the tty goes and comes\n"
	"reset                                the reset line is pulsed\n"
	"status, quit\n\n"
	"KIND is ntag213, ntag215, ntag216, ultralight-ev1, classic1k, desfire, phone or felica.\n";

static bool read_hex(const char *text, uint8_t *ret, size_t capacity, size_t *ret_length)
{
	size_t length = 0;
	for (; text[0] && text[1]; text += 2) {
		char pair[3] = { text[0], text[1], '\0' }, *end;
		const long value = strtol(pair, &end, 16);
		if (*end || length == capacity)
			return false;
		ret[length++] = (uint8_t)value;
	}
	*ret_length = length;
	return *text == '\0';
}

struct request {
	const char *name, *kind;
	uint8_t uid[CARD_UID_MAX], ndef[CARD_NDEF_MAX];
	size_t uid_length, ndef_length;
	int64_t stays_ms;
};

static const char *read_request(struct request *ret, char *rest)
{
	const char *word;
	while ((word = strsep(&rest, " "))) {
		if (strncmp(word, "uid=", 4) == 0) {
			if (!read_hex(word + 4, ret->uid, sizeof ret->uid, &ret->uid_length))
				return "uid is not hexadecimal of at most 10 bytes";
		} else if (strncmp(word, "ndef=", 5) == 0) {
			if (!read_hex(word + 5, ret->ndef, sizeof ret->ndef, &ret->ndef_length))
				return "ndef is not hexadecimal, or too long";
		} else if (strncmp(word, "ms=", 3) == 0) {
			ret->stays_ms = atoll(word + 3);
		} else if (word[0]) {
			return "allowed are uid=, ndef= and ms=";
		}
	}
	return NULL;
}

static const char *place(struct simulator *simulator, const struct request *request,
	int64_t leaves_ns, struct card *ret)
{
	enum card_kind kind;
	if (!request->kind || !card_kind_from_name(&kind, request->kind))
		return "no such kind of badge; see --help";
	if (!card_init(ret, kind, request->uid, request->uid_length, simulator->next_number++))
		return "this kind has no UID of that length";
	memcpy(ret->ndef, request->ndef, request->ndef_length);
	ret->ndef_length = request->ndef_length;
	if (!chip_put(&simulator->chip, request->name, ret, leaves_ns))
		return "the field is full, or the name is taken";
	return NULL;
}

static const char *lay(struct simulator *simulator, struct request *request, char *rest,
	int64_t now_ns, bool leaves, char *ret, size_t size)
{
	struct card card;
	const char *wrong = rest ? read_request(request, rest) : NULL;
	if (!wrong)
		wrong = place(simulator, request, leaves ? now_ns + request->stays_ms * 1000000 : 0,
			&card);
	if (wrong)
		return wrong;
	char uid[2 * CARD_UID_MAX + 1] = "";
	for (size_t i = 0; i < card.uid_length; i++)
		snprintf(uid + 2 * i, 3, "%02X", card.uid[i]);
	snprintf(ret, size, "ok name=%s uid=%s ns=%" PRId64, request->name, uid, now_ns);
	return NULL;
}

static const char *do_put(
	struct simulator *simulator, char *rest, int64_t now_ns, char *ret, size_t size)
{
	struct request request = { .name = rest ? strsep(&rest, " ") : "" };
	request.kind = rest ? strsep(&rest, " ") : NULL;
	return lay(simulator, &request, rest, now_ns, false, ret, size);
}

static const char *do_tap(
	struct simulator *simulator, char *rest, int64_t now_ns, char *ret, size_t size)
{
	char name[CHIP_NAME_SIZE];
	snprintf(name, sizeof name, "tap-%u", simulator->next_number);
	struct request request = { .name = name, .stays_ms = 300 };
	request.kind = rest ? strsep(&rest, " ") : NULL;
	return lay(simulator, &request, rest, now_ns, true, ret, size);
}

static const char *do_remove(
	struct simulator *simulator, char *rest, int64_t now_ns, char *ret, size_t size)
{
	(void)now_ns;
	snprintf(ret, size, "ok");
	return rest && chip_remove(&simulator->chip, rest) ? NULL : "no badge of that name";
}

static const char *do_fault(
	struct simulator *simulator, char *rest, int64_t now_ns, char *ret, size_t size)
{
	snprintf(ret, size, "ok");
	return rest ? fault_set(&simulator->fault, &simulator->chip, rest, now_ns) : "which fault?";
}

static const char *do_unplug(
	struct simulator *simulator, char *rest, int64_t now_ns, char *ret, size_t size)
{
	(void)rest;
	(void)now_ns;
	line_unplug(&simulator->line);
	chip_reset(&simulator->chip); /* a USB adapter takes the chip's power with it */
	snprintf(ret, size, "ok");
	return NULL;
}

static const char *do_plug(
	struct simulator *simulator, char *rest, int64_t now_ns, char *ret, size_t size)
{
	(void)rest;
	(void)now_ns;
	snprintf(ret, size, "ok");
	return line_plug(&simulator->line) < 0 ? "no pty to be had" : NULL;
}

static const char *do_reset(
	struct simulator *simulator, char *rest, int64_t now_ns, char *ret, size_t size)
{
	(void)rest;
	(void)now_ns;
	chip_reset(&simulator->chip);
	snprintf(ret, size, "ok");
	return NULL;
}

static const char *do_status(
	struct simulator *simulator, char *rest, int64_t now_ns, char *ret, size_t size)
{
	static const char *const powers[] = { "low-vbat", "woken", "normal" };
	const struct chip *chip = &simulator->chip;
	(void)rest;
	(void)now_ns;
	snprintf(ret, size,
		"ok cards=%zu power=%s hung=%d plugged=%d commands=%" PRIu64 " activations=%" PRIu64
		" activated_ns=%" PRId64,
		chip_card_count(chip), powers[chip->power], chip->hung,
		simulator->line.master_fd >= 0, chip->commands, chip->activations,
		chip->activated_ns);
	return NULL;
}

static const char *do_quit(
	struct simulator *simulator, char *rest, int64_t now_ns, char *ret, size_t size)
{
	(void)rest;
	(void)now_ns;
	simulator->stopping = true;
	snprintf(ret, size, "ok");
	return NULL;
}

static const struct {
	const char *word;
	const char *(*run)(
		struct simulator *simulator, char *rest, int64_t now_ns, char *ret, size_t size);
} verbs[] = {
	{ "put", do_put },
	{ "tap", do_tap },
	{ "remove", do_remove },
	{ "fault", do_fault },
	{ "unplug", do_unplug },
	{ "plug", do_plug },
	{ "reset", do_reset },
	{ "status", do_status },
	{ "quit", do_quit },
};

void control_answer(
	struct simulator *simulator, char *words, int64_t now_ns, char *ret, size_t size)
{
	char *rest = words;
	const char *verb = strsep(&rest, " "), *wrong = "no such command; see --help";
	for (size_t i = 0; i < sizeof verbs / sizeof verbs[0]; i++)
		if (strcmp(verbs[i].word, verb) == 0)
			wrong = verbs[i].run(simulator, rest, now_ns, ret, size);
	if (wrong)
		snprintf(ret, size, "error: %s", wrong);
}

static int address_of(struct sockaddr_un *ret, const char *path)
{
	*ret = (struct sockaddr_un){ .sun_family = AF_UNIX };
	return (size_t)snprintf(ret->sun_path, sizeof ret->sun_path, "%s", path) <
			       sizeof ret->sun_path
		       ? 0
		       : -ENAMETOOLONG;
}

int control_listen(const char *path)
{
	struct sockaddr_un address;
	const int r = address_of(&address, path);
	const int fd = r < 0 ? -1 : socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return r < 0 ? r : -errno;
	unlink(path);
	if (bind(fd, (struct sockaddr *)&address, sizeof address) < 0 || listen(fd, 16) < 0)
		return -errno;
	return fd;
}

void control_accept(struct client clients[CONTROL_CLIENTS], int listen_fd)
{
	int fd;
	while ((fd = accept4(listen_fd, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0) {
		size_t i = 0;
		while (i < CONTROL_CLIENTS && clients[i].fd >= 0)
			i++;
		if (i == CONTROL_CLIENTS)
			close(fd);
		else
			clients[i] = (struct client){ .fd = fd };
	}
}

static void leave(struct client *client)
{
	close(client->fd);
	client->fd = -1;
}

void control_serve(struct simulator *simulator, struct client *client, int64_t now_ns)
{
	const ssize_t got = read(client->fd, client->line + client->length,
		sizeof client->line - client->length - 1);
	if (got <= 0) {
		if (got == 0 || errno != EAGAIN)
			leave(client);
		return;
	}
	client->length += (size_t)got;
	client->line[client->length] = '\0';
	char *end = strchr(client->line, '\n');
	if (!end)
		return;
	*end = '\0';
	client->length = 0;
	char said[CONTROL_LINE];
	control_answer(simulator, client->line, now_ns, said, sizeof said - 1);
	const size_t length = strlen(said);
	said[length] = '\n';
	if (send(client->fd, said, length + 1, MSG_NOSIGNAL) < 0)
		leave(client);
}

int control_say(const char *path, int count, char **words)
{
	struct sockaddr_un address;
	char line[CONTROL_LINE] = "";
	size_t length = 0;
	for (int i = 0; i < count; i++) {
		if (length + strlen(words[i]) + 2 > sizeof line)
			return 2;
		length += (size_t)sprintf(
			line + length, "%s%s", words[i], i + 1 < count ? " " : "\n");
	}
	const int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (address_of(&address, path) < 0 || fd < 0 ||
		connect(fd, (struct sockaddr *)&address, sizeof address) < 0) {
		fprintf(stderr, "pn532: %s: %s\n", path, strerror(errno));
		return 1;
	}
	ssize_t got = send(fd, line, length, MSG_NOSIGNAL);
	got = got < 0 ? got : read(fd, line, sizeof line - 1);
	close(fd);
	if (got <= 0)
		return 1;
	line[got] = '\0';
	fputs(line, stdout);
	return strncmp(line, "ok", 2) == 0 ? 0 : 1;
}

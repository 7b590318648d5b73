/* A simulated PN532: the real libnfc talks to it through a tty. See control_help. */
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>

#include "tests/pn532/control.h"

#define ACK_NS 100000LL /* how soon the chip acknowledges; modelled */

static volatile sig_atomic_t told_to_stop;

static void on_signal(int number)
{
	(void)number;
	told_to_stop = 1;
}

static int64_t now(void)
{
	struct timespec at;
	clock_gettime(CLOCK_MONOTONIC, &at);
	return (int64_t)at.tv_sec * 1000000000 + at.tv_nsec;
}

static void send_answer(struct simulator *simulator, enum fault_kind kind,
	const struct chip_answer *answer, int64_t due_ns)
{
	uint8_t frame[FRAME_WIRE_MAX];
	if (answer->kind == ANSWER_ERROR) {
		memcpy(frame, frame_error, sizeof frame_error);
		fault_send(&simulator->fault, kind, &simulator->line, frame, sizeof frame_error,
			due_ns);
	} else if (answer->kind == ANSWER_DATA) {
		const size_t length = frame_make(frame, answer->data, answer->length);
		fault_send(&simulator->fault, kind, &simulator->line, frame, length,
			due_ns + answer->work_ns);
	}
}

/* The fault that hits a search hits its answer, which comes later. */
static enum fault_kind search_fault;

static void on_command(struct simulator *simulator, const uint8_t *command, size_t length,
	size_t wire, int64_t now_ns)
{
	struct chip_answer answer;
	const int64_t heard_ns =
		simulator->line.real_timing ? now_ns + (int64_t)wire * BYTE_NS + ACK_NS : now_ns;
	const enum fault_kind kind =
		simulator->chip.hung ? FAULT_NONE : fault_strike(&simulator->fault);
	if (kind == FAULT_NO_ACK)
		return;
	if (kind == FAULT_NACK) {
		line_send(&simulator->line, frame_nack, sizeof frame_nack, heard_ns);
		return;
	}
	chip_command(&simulator->chip, command, length, heard_ns, &answer);
	if (answer.kind == ANSWER_NONE)
		return;
	line_send(&simulator->line, frame_ack, sizeof frame_ack, heard_ns);
	search_fault = kind;
	if (answer.kind != ANSWER_LATER)
		send_answer(simulator, kind, &answer, heard_ns);
}

static void hear(struct simulator *simulator, int64_t now_ns)
{
	struct line *line = &simulator->line;
	uint8_t command[FRAME_DATA_MAX];
	size_t used, length;
	if (!line_receive(line))
		return;
	for (;;) {
		const enum frame_kind kind =
			frame_take(line->in, line->in_length, &used, command, &length);
		if (kind == FRAME_INCOMPLETE)
			return;
		line_drop(line, used);
		if (kind == FRAME_WAKE_UP)
			chip_wake(&simulator->chip);
		else if (kind == FRAME_ACK)
			chip_abort(&simulator->chip);
		else if (kind == FRAME_COMMAND)
			on_command(simulator, command, length, used, now_ns);
	}
}

static void spew(struct simulator *simulator, int64_t now_ns)
{
	uint8_t noise[32];
	if (now_ns >= simulator->fault.garbage_until_ns ||
		getrandom(noise, sizeof noise, 0) != sizeof noise)
		return;
	line_send(&simulator->line, noise, sizeof noise, now_ns);
}

static void turn(struct simulator *simulator, int64_t now_ns)
{
	struct chip_answer answer;
	if (chip_tick(&simulator->chip, now_ns, &answer))
		send_answer(simulator, search_fault, &answer, now_ns);
	spew(simulator, now_ns);
	line_flush(&simulator->line, now_ns);
}

static int64_t wait_ns(const struct simulator *simulator, int64_t now_ns)
{
	int64_t next_ns = chip_next_ns(&simulator->chip);
	const int64_t line_ns = line_next_ns(&simulator->line);
	next_ns = line_ns < next_ns ? line_ns : next_ns;
	if (now_ns < simulator->fault.garbage_until_ns && now_ns + 10000000 < next_ns)
		next_ns = now_ns + 10000000;
	if (next_ns == INT64_MAX)
		return 1000000000;
	return next_ns > now_ns ? next_ns - now_ns : 0;
}

static void run(struct simulator *simulator, int listen_fd)
{
	static struct client clients[CONTROL_CLIENTS];
	for (size_t i = 0; i < CONTROL_CLIENTS; i++)
		clients[i].fd = -1;
	while (!simulator->stopping && !told_to_stop) {
		struct pollfd slots[2 + CONTROL_CLIENTS] = {
			{ .fd = listen_fd, .events = POLLIN },
			{ .fd = simulator->line.master_fd, .events = POLLIN },
		};
		for (size_t i = 0; i < CONTROL_CLIENTS; i++)
			slots[2 + i] = (struct pollfd){ .fd = clients[i].fd, .events = POLLIN };
		const int64_t ns = wait_ns(simulator, now());
		const struct timespec wait = { .tv_sec = ns / 1000000000,
			.tv_nsec = ns % 1000000000 };
		ppoll(slots, 2 + CONTROL_CLIENTS, &wait, NULL);
		if (slots[1].revents)
			hear(simulator, now());
		turn(simulator, now());
		for (size_t i = 0; i < CONTROL_CLIENTS; i++)
			if (slots[2 + i].revents)
				control_serve(simulator, &clients[i], now());
		control_accept(clients, listen_fd);
	}
}

int main(int argc, char **argv)
{
	static struct simulator simulator;
	const char *link = NULL, *control = NULL;
	bool real_timing = false;
	if (argc > 3 && strcmp(argv[1], "say") == 0)
		return control_say(argv[2], argc - 3, argv + 3);
	for (int i = 1; i < argc; i++) {
		if (strcmp(argv[i], "--real-timing") == 0)
			real_timing = true;
		else if (strcmp(argv[i], "--link") == 0 && i + 1 < argc)
			link = argv[++i];
		else if (strcmp(argv[i], "--control") == 0 && i + 1 < argc)
			control = argv[++i];
		else {
			fputs(control_help, strcmp(argv[i], "--help") == 0 ? stdout : stderr);
			return strcmp(argv[i], "--help") == 0 ? 0 : 2;
		}
	}
	if (!link || !control) {
		fputs(control_help, stderr);
		return 2;
	}
	signal(SIGTERM, on_signal);
	signal(SIGINT, on_signal);
	chip_init(&simulator.chip, real_timing);
	line_init(&simulator.line, link, real_timing);
	const int listen_fd = control_listen(control);
	const int r = listen_fd < 0 ? listen_fd : line_plug(&simulator.line);
	if (r < 0) {
		fprintf(stderr, "pn532: %s\n", strerror(-r));
		return 1;
	}
	run(&simulator, listen_fd);
	line_unplug(&simulator.line);
	unlink(control);
	return 0;
}

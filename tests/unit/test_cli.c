/* The command line's own logic: which command, which option, and what a typing error comes nearest
 * to. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli.h"
#include "cli/find.h"
#include "cli/options.h"
#include "cli/words.h"

int test_cli(void);

enum { WORDS_MAX = 8, LINE_SIZE = 128 };

#define COUNT(rows) (sizeof(rows) / sizeof(rows)[0])

/* What a person types, cut at its blanks as a shell would. */
struct line {
	char text[LINE_SIZE];
	char *words[WORDS_MAX];
	int count;
};

static void line_of(struct line *ret, const char *typed)
{
	char *rest;

	snprintf(ret->text, sizeof ret->text, "%s", typed);
	ret->count = 0;
	for (char *word = strtok_r(ret->text, " ", &rest); word && ret->count < WORDS_MAX;
		word = strtok_r(NULL, " ", &rest))
		ret->words[ret->count++] = word;
}

static void nearest_word(void **state)
{
	static const char *const known[] = { "status", "screenshot", "badge link", "badge list",
		"doctor", "correct" };
	static const struct {
		const char *sentence, *typed, *nearest;
	} rows[] = {
		{ "the word itself", "doctor", "doctor" },
		{ "a letter too many", "statuss", "status" },
		{ "two letters swapped", "docotr", "doctor" },
		{ "a letter changed", "corrett", "correct" },
		{ "of two words", "bagde list", "badge list" },
		{ "nothing like it", "xyzzy", NULL },
		{ "nothing at all", "", NULL },
		{ "longer than any command", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
			NULL },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		const char *nearest = cli_nearest(rows[i].typed, known, COUNT(known));

		if ((nearest == NULL) != (rows[i].nearest == NULL) ||
			(nearest && strcmp(nearest, rows[i].nearest) != 0))
			fail_msg("%s: %s", rows[i].sentence, nearest ? nearest : "none");
	}
}

static void finds_a_command(void **state)
{
	static const struct {
		const char *sentence;
		const char *typed, *command;
		int used;
	} rows[] = {
		{ "one word", "doctor", "doctor", 1 },
		{ "one word and its argument", "verify other.db", "verify", 1 },
		{ "two words", "badge link 04A1B2C3 Ada", "badge link", 2 },
		{ "half a command", "badge", NULL, 0 },
		{ "the wrong second word", "badge lost", NULL, 0 },
		{ "the beginning of a command", "doc", NULL, 0 },
		{ "a command with a tail", "doctors", NULL, 0 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct line line;
		int used = 0;

		line_of(&line, rows[i].typed);
		const struct command *command = command_find(line.count, line.words, &used);

		if ((command == NULL) != (rows[i].command == NULL) ||
			(command && (strcmp(command->words, rows[i].command) != 0 ||
					    used != rows[i].used)))
			fail_msg("%s: %s", rows[i].sentence, command ? command->words : "none");
	}
}

static int nothing(struct cli *cli)
{
	(void)cli;
	return EXIT_DONE;
}

static const struct command_option some_options[] = {
	{ "format", 0, "FORMAT", { "one with a value", "met een waarde" } },
	{ "output", 'o', "FILE", { "one with a letter", "met een letter" } },
	{ "dry-run", 0, NULL, { "a flag", "een vlag" } },
	{ 0 },
};
static const struct command some_command = { "test", "", { "For this test.", "Voor deze test." },
	some_options, nothing, false };

/* Messages are for people; a test that provokes them keeps them to itself. */
static int hush(void)
{
	const int kept = dup(STDERR_FILENO);

	assert_true(kept >= 0);
	assert_non_null(freopen("/dev/null", "w", stderr));
	return kept;
}

static void speak(int kept)
{
	fflush(stderr);
	assert_true(dup2(kept, STDERR_FILENO) >= 0);
	close(kept);
}

static struct cli cli_of(struct line *line, const char *typed)
{
	line_of(line, typed);
	return (struct cli){ .command = &some_command, .count = line->count, .words = line->words };
}

static void takes_options_out(void **state)
{
	struct line line;
	const char *format = NULL, *output = NULL, *untouched = "untouched";
	struct cli cli = cli_of(&line, "a --format=json b -o --dry-run --dry-run c");

	(void)state;
	assert_int_equal(cli_check_options(&cli), 0);
	assert_int_equal(cli_option(&cli, "format", &format), 1);
	assert_string_equal(format, "json");
	assert_true(cli_flag(&cli, "dry-run"));
	assert_false(cli_flag(&cli, "dry-run"));
	assert_int_equal(cli_option(&cli, "output", &output), 1);
	assert_string_equal(output, "--dry-run");
	assert_int_equal(cli_option(&cli, "output", &untouched), 0);
	assert_string_equal(untouched, "untouched");
	assert_true(cli_expect(&cli, 3, 3));
	assert_string_equal(cli.words[0], "a");
	assert_string_equal(cli.words[1], "b");
	assert_string_equal(cli.words[2], "c");
}

static void refuses_wrong_options(void **state)
{
	static const struct {
		const char *sentence;
		const char *typed;
		int status;
	} rows[] = {
		{ "no options", "a b", 0 },
		{ "standard input is no option", "-", 0 },
		{ "a value that looks like an option", "--format --formal", 0 },
		{ "an unknown option", "--formal", EXIT_USAGE },
		{ "an unknown letter", "-x", EXIT_USAGE },
		{ "a value left out", "a --format", EXIT_USAGE },
		{ "a letter's value left out", "-o", EXIT_USAGE },
		{ "a flag with a value", "--dry-run=yes", EXIT_USAGE },
		{ "the beginning of an option", "--form csv", EXIT_USAGE },
	};
	const int kept = hush();
	const char *failed = NULL;

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct line line;
		struct cli cli = cli_of(&line, rows[i].typed);

		if (cli_check_options(&cli) != rows[i].status)
			failed = rows[i].sentence;
	}
	speak(kept);
	if (failed)
		fail_msg("%s", failed);
}

static void expects_a_number_of_words(void **state)
{
	struct line line;
	struct cli cli = cli_of(&line, "a b");
	const int kept = hush();
	const bool exact = cli_expect(&cli, 2, 2), range = cli_expect(&cli, 0, 3);
	const bool missing = cli_expect(&cli, 3, 3), superfluous = cli_expect(&cli, 0, 1);

	(void)state;
	speak(kept);
	assert_true(exact);
	assert_true(range);
	assert_false(missing);
	assert_false(superfluous);
}

static void counts_characters(void **state)
{
	(void)state;
	assert_int_equal(cli_characters(""), 0);
	assert_int_equal(cli_characters("Ada"), 3);
	assert_int_equal(cli_characters("Nguyễn Öztürk"), 13);
}

static bool both(const struct words *words)
{
	return words->en && words->nl && *words->en && *words->nl &&
	       strcmp(words->en, words->nl) != 0;
}

static void help_speaks_two_languages(void **state)
{
	(void)state;
	for (size_t i = 0; i < command_count; i++) {
		if (!both(&commands[i].help))
			fail_msg("%s", commands[i].words);
		for (const struct command_option *row = commands[i].options; row && row->name;
			row++)
			if (!both(&row->help))
				fail_msg("%s --%s", commands[i].words, row->name);
	}
}

static void one_is_not_said_as_more(void **state)
{
	static const struct {
		const char *locale;
		int64_t count;
		const char *said;
	} rows[] = {
		{ "nl_NL.UTF-8", 1, "1 deelnemer" },
		{ "nl_NL.UTF-8", 0, "0 deelnemers" },
		{ "C", 1, "1 attendee" },
		{ "C", 2, "2 attendees" },
	};
	const char *given = getenv("LC_ALL");
	char before[64] = "", said[COUNTED_SIZE];

	(void)state;
	snprintf(before, sizeof before, "%s", given ? given : "");
	for (size_t i = 0; i < COUNT(rows); i++) {
		setenv("LC_ALL", rows[i].locale, 1);
		assert_string_equal(
			cli_counted(said, rows[i].count, &counted_people), rows[i].said);
	}
	setenv("LC_ALL", before, 1);
}

int test_cli(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(nearest_word),
		cmocka_unit_test(finds_a_command),
		cmocka_unit_test(takes_options_out),
		cmocka_unit_test(refuses_wrong_options),
		cmocka_unit_test(expects_a_number_of_words),
		cmocka_unit_test(counts_characters),
		cmocka_unit_test(one_is_not_said_as_more),
		cmocka_unit_test(help_speaks_two_languages),
	};

	return cmocka_run_group_tests_name("cli", tests, NULL, NULL);
}

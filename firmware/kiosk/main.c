/* incheckpaal-kiosk: the bill of materials. */
#include <errno.h>
#include <malloc.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/config_file.h"
#include "base/daemon.h"
#include "base/file.h"
#include "base/log.h"
#include "base/process.h"
#include "base/service.h"
#include "kiosk/clerk.h"
#include "kiosk/rescue.h"
#include "kiosk/stage.h"
#include "kiosk/trace.h"
#include "version.h"

struct kiosk {
	struct arguments arguments;
	struct config config;
	struct store *store;
	struct said rescued;
	struct keeper *keeper;
	struct screen_window *window;
	struct speaker *speaker;
	struct post post;
	int listen_fd, signal_fd;
	struct clerk clerk;
	struct stage stage;
};

static const struct daemon_name name = { "incheckpaal-kiosk", INCHECKPAAL_VERSION,
	"Usage: incheckpaal-kiosk [--config FILE] [--data DIR] [--help] [--version]\n\n"
	"Takes badges, keeps the log in DIR (" DATA_DEFAULT_DIRECTORY "), shows the screen.\n"
	"Options of the file (" CONFIG_DEFAULT_PATH "): see incheckpaal.conf(5).\n" };

static bool open_store(struct kiosk *kiosk)
{
	static const struct {
		int trouble;
		const char *words;
	} reasons[] = {
		{ -EBUSY, "another kiosk, or a long import, has it locked" },
		{ -EUCLEAN, "it is damaged, and nothing could be put in its place; it was left "
			    "untouched" },
		{ -EMEDIUMTYPE, "it belongs to another program" },
		{ -EOVERFLOW, "a newer Incheckpaal made it" },
		{ -ENOSPC, "the disk is full" },
		{ -EACCES, "no permission" },
	};
	char path[4096];
	int r = directory_make(kiosk->arguments.data, 0750);
	if (r == 0 && !path_join(path, sizeof path, kiosk->arguments.data, STORE_FILE_NAME))
		r = -ENAMETOOLONG;
	if (r < 0) {
		log_error("%s: %s", kiosk->arguments.data, strerror(-r));
		return false;
	}
	r = rescue_open(&kiosk->store, &kiosk->config, kiosk->arguments.data, &kiosk->rescued);
	if (r == 0)
		return true;

	const char *words = strerror(-r);
	for (size_t i = 0; i < sizeof reasons / sizeof reasons[0]; i++)
		if (reasons[i].trouble == r)
			words = reasons[i].words;
	log_error("%s: can not be opened: %s", path, words);
	return false;
}

static bool open_control(struct kiosk *kiosk)
{
	int r = directory_make(kiosk->arguments.run, 0755);
	if (r == 0)
		r = kiosk->listen_fd = control_listen(kiosk->arguments.run);
	if (r >= 0)
		return true;
	log_error("%s/" CONTROL_SOCKET ": %s", kiosk->arguments.run,
		r == -EADDRINUSE ? "another kiosk is running" : strerror(-r));
	return false;
}

static bool open_screen(struct kiosk *kiosk)
{
	const struct config *config = &kiosk->config;
	const char *fonts = getenv("INCHECKPAAL_FONTS");
	const struct screen_options options = {
		.width_px = config->screen.width,
		.height_px = config->screen.height,
		.fullscreen = config->screen.fullscreen,
		.small = config->screen.small,
		.rotate = config->screen.rotate,
		.touch = (enum has_touch)config->screen.touch,
		.font_directory = fonts ? fonts : INCHECKPAAL_FONTS_DIR,
	};
	char words[512] = "";
	const int r = screen_create(&kiosk->window, &options, words, sizeof words);
	if (r == -ENODEV && kiosk->window) {
		log_warn("screen: no display (%s); badges are taken all the same", words);
		return true;
	}
	if (r < 0)
		log_error("screen: %s", words[0] ? words : strerror(-r));
	return r == 0;
}

static bool open_post(struct kiosk *kiosk)
{
	kiosk->post.orders = queue_create(sizeof(struct order), ORDER_SLOTS);
	kiosk->post.notes = queue_create(sizeof(struct note), NOTE_SLOTS);
	return kiosk->post.orders && kiosk->post.notes;
}

/* Before the clerk may start, so that no tap is without. */
static void start_keeper(struct kiosk *kiosk)
{
	kiosk->keeper = keeper_create(&kiosk->config, kiosk->arguments.data);
	kiosk->clerk.keeper = kiosk->keeper;
	kiosk->clerk.rescued = &kiosk->rescued;
}

static bool open_all(struct kiosk *kiosk)
{
	char reader[4096];
	kiosk->signal_fd = daemon_signals();
	if (kiosk->signal_fd < 0 || seal_start() < 0 || !open_post(kiosk)) {
		log_error("kiosk: out of memory or descriptors");
		return false;
	}
	const int traced = trace_open();
	if (traced < 0)
		log_warn("trace: can not be written: %s", strerror(-traced));
	if (!program_beside(reader, sizeof reader, "incheckpaal-reader")) {
		log_error("kiosk: does not know where it was started from (/proc is missing)");
		return false;
	}
	if (!open_control(kiosk) || !open_store(kiosk) || !open_screen(kiosk) ||
		speaker_create(&kiosk->speaker, kiosk->config.screen.volume) < 0)
		return false;

	const int r = clerk_init(&kiosk->clerk, &kiosk->config, kiosk->arguments.data, kiosk->store,
		kiosk->post, kiosk->listen_fd);
	kiosk->listen_fd = -1;
	kiosk->clerk.run = kiosk->arguments.run;
	if (r < 0)
		return false;
	if (stage_init(&kiosk->stage, kiosk->clerk.config, kiosk->post, kiosk->window,
		    kiosk->speaker, kiosk->signal_fd) < 0) {
		log_error("kiosk: out of memory or descriptors");
		return false;
	}
	start_keeper(kiosk);
	supervisor_init(&kiosk->clerk.readers, &kiosk->config, reader, kiosk->arguments.config_path,
		kiosk->arguments.data);
	return true;
}

static void close_all(struct kiosk *kiosk)
{
	keeper_destroy(kiosk->keeper);
	stage_finish(&kiosk->stage);
	clerk_finish(&kiosk->clerk);
	speaker_destroy(kiosk->speaker);
	screen_destroy(kiosk->window);
	store_close(kiosk->store);
	queue_destroy(kiosk->post.orders);
	queue_destroy(kiosk->post.notes);
	if (kiosk->listen_fd >= 0)
		close(kiosk->listen_fd);
	if (kiosk->signal_fd >= 0)
		close(kiosk->signal_fd);
}

static int run(struct kiosk *kiosk)
{
	pthread_t clerk;
	const int r = pthread_create(&clerk, NULL, clerk_run, &kiosk->clerk);
	if (r != 0) {
		log_error("kiosk: can not start a thread: %s", strerror(r));
		return EXIT_FAILED;
	}
	pthread_setname_np(clerk, "clerk");
	stage_run(&kiosk->stage);
	service_stopping();
	pthread_join(clerk, NULL);
	return EXIT_DONE;
}

int main(int argc, char **argv)
{
	static struct kiosk kiosk = { .listen_fd = -1, .signal_fd = -1 };
	/* Four threads that seldom meet share one heap: one each keeps 5 MB for nothing. */
	mallopt(M_ARENA_MAX, 1);
	kiosk.clerk.clock_fd = kiosk.clerk.desk.listen_fd = -1;
	for (size_t i = 0; i < DESK_SEATS; i++)
		kiosk.clerk.desk.seats[i].fd = -1;
	int status;
	if (!daemon_begin(&name, argc, argv, &kiosk.arguments, &kiosk.config, &status))
		return status;
	status = open_all(&kiosk) ? run(&kiosk) : EXIT_FAILED;
	close_all(&kiosk);
	return status;
}

#include "sdl/speaker.h"

#include <errno.h>
#include <SDL.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"

#define BUFFER_SAMPLES 512 /* 11 ms: a tone begins with its picture */
#define SILENCE_MS 10000
#define RETRY_NS (5 * 60 * 1000000000LL) /* ALSA says a dozen lines about each device it lacks */

struct speaker {
	SDL_mutex *lock;
	SDL_cond *wake;
	SDL_Thread *thread;
	enum tone wanted; /* these four under @lock */
	float gain;
	bool stopping;
	struct speaker_counts counts;

	SDL_AudioDeviceID device; /* of @thread alone; 0 when closed */
	bool said_silent;
	int64_t retry_ns;             /* not before this is a missing device looked for again */
	float tone[TONE_SAMPLES_MAX]; /* these three under the device's own lock */
	size_t length, at;
	float scratch[TONE_SAMPLES_MAX];
};

/* Ears hear steps of loudness by ratio: with the square, five steps sound like five. */
static float gain_of(int volume_pct)
{
	const float part = (float)volume_pct / 100;
	return part * part;
}

/* SDL's audio thread, holding the device's lock. */
static void fill(void *context, Uint8 *stream, int bytes)
{
	struct speaker *speaker = context;
	float *out = (float *)(void *)stream;
	const size_t room = (size_t)bytes / sizeof *out, left = speaker->length - speaker->at;
	const size_t count = left < room ? left : room;
	SDL_LockMutex(speaker->lock);
	const float gain = speaker->gain;
	if (count && speaker->at == 0)
		speaker->counts.begun_ns = clock_mono_ns();
	speaker->counts.samples += count;
	SDL_UnlockMutex(speaker->lock);
	for (size_t i = 0; i < count; i++)
		out[i] = speaker->tone[speaker->at + i] * gain;
	memset(out + count, 0, (room - count) * sizeof *out);
	speaker->at += count;
}

static bool open_device(struct speaker *speaker)
{
	const SDL_AudioSpec wanted = { .freq = TONE_RATE_HZ,
		.format = AUDIO_F32SYS,
		.channels = 1,
		.samples = BUFFER_SAMPLES,
		.callback = fill,
		.userdata = speaker };
	if (speaker->device)
		return true;
	if (clock_mono_ns() < speaker->retry_ns)
		return false;
	if (SDL_WasInit(SDL_INIT_AUDIO))
		speaker->device = SDL_OpenAudioDevice(NULL, 0, &wanted, NULL, 0);
	if (!speaker->device && !speaker->said_silent)
		log_info("sound: there is no device (%s); the kiosk is silent", SDL_GetError());
	speaker->said_silent = !speaker->device;
	if (speaker->device)
		SDL_PauseAudioDevice(speaker->device, 0);
	else
		speaker->retry_ns = clock_mono_ns() + RETRY_NS;
	return speaker->device != 0;
}

static void close_device(struct speaker *speaker)
{
	if (speaker->device)
		SDL_CloseAudioDevice(speaker->device);
	speaker->device = 0;
}

/* A device that was pulled out stops by itself; the next tone looks for another. */
static void sound_tone(struct speaker *speaker, enum tone tone)
{
	if (speaker->device && SDL_GetAudioDeviceStatus(speaker->device) == SDL_AUDIO_STOPPED)
		close_device(speaker);
	const size_t length = tone_render(tone, speaker->scratch);
	if (!open_device(speaker))
		return;
	SDL_LockAudioDevice(speaker->device);
	memcpy(speaker->tone, speaker->scratch, length * sizeof *speaker->tone);
	speaker->length = length;
	speaker->at = 0;
	SDL_UnlockAudioDevice(speaker->device);
}

/* What to sound next; TONE_NONE when it is over. Holds the lock. */
static enum tone wait_for_tone(struct speaker *speaker)
{
	while (speaker->wanted == TONE_NONE && !speaker->stopping) {
		if (!speaker->device) {
			SDL_CondWait(speaker->wake, speaker->lock);
		} else if (SDL_CondWaitTimeout(speaker->wake, speaker->lock, SILENCE_MS) ==
			   SDL_MUTEX_TIMEDOUT) {
			/* Closing waits for the callback, which takes this lock. */
			SDL_UnlockMutex(speaker->lock);
			close_device(speaker);
			SDL_LockMutex(speaker->lock);
		}
	}
	const enum tone tone = speaker->stopping ? TONE_NONE : speaker->wanted;
	speaker->wanted = TONE_NONE;
	return tone;
}

static int SDLCALL run(void *context)
{
	struct speaker *speaker = context;
	enum tone tone;
	SDL_LockMutex(speaker->lock);
	while ((tone = wait_for_tone(speaker)) != TONE_NONE) {
		SDL_UnlockMutex(speaker->lock);
		sound_tone(speaker, tone);
		SDL_LockMutex(speaker->lock);
	}
	SDL_UnlockMutex(speaker->lock);
	close_device(speaker);
	return 0;
}

int speaker_create(struct speaker **ret, int volume_pct)
{
	struct speaker *speaker = calloc(1, sizeof *speaker);
	if (!speaker)
		return -ENOMEM;
	SDL_InitSubSystem(SDL_INIT_AUDIO); /* its failure is a missing device */
	speaker->gain = gain_of(volume_pct);
	speaker->lock = SDL_CreateMutex();
	speaker->wake = SDL_CreateCond();
	if (speaker->lock && speaker->wake)
		speaker->thread = SDL_CreateThread(run, "sound", speaker);
	if (!speaker->thread) {
		speaker_destroy(speaker);
		return -ENOMEM;
	}
	*ret = speaker;
	return 0;
}

void speaker_destroy(struct speaker *speaker)
{
	if (!speaker)
		return;
	if (speaker->thread) {
		SDL_LockMutex(speaker->lock);
		speaker->stopping = true;
		SDL_CondSignal(speaker->wake);
		SDL_UnlockMutex(speaker->lock);
		SDL_WaitThread(speaker->thread, NULL);
	}
	SDL_DestroyCond(speaker->wake);
	SDL_DestroyMutex(speaker->lock);
	if (SDL_WasInit(SDL_INIT_AUDIO))
		SDL_QuitSubSystem(SDL_INIT_AUDIO);
	free(speaker);
}

void speaker_play(struct speaker *speaker, enum tone tone)
{
	SDL_LockMutex(speaker->lock);
	if (tone != TONE_NONE && speaker->gain > 0) {
		speaker->wanted = tone;
		SDL_CondSignal(speaker->wake);
	}
	SDL_UnlockMutex(speaker->lock);
}

void speaker_set_volume(struct speaker *speaker, int volume_pct)
{
	SDL_LockMutex(speaker->lock);
	speaker->gain = gain_of(volume_pct);
	SDL_UnlockMutex(speaker->lock);
}

void speaker_counts(struct speaker *speaker, struct speaker_counts *ret)
{
	SDL_LockMutex(speaker->lock);
	*ret = speaker->counts;
	SDL_UnlockMutex(speaker->lock);
}

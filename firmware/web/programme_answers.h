/**
 * What was answered about the tracks and rooms of somebody's schedule: asked once, and remembered
 * in DATA/imports/programme.json for the next file. In a job, tracks are its "map" and rooms its
 * "repairs". LANE_LONG.
 */
#ifndef WEB_PROGRAMME_ANSWERS_H
#define WEB_PROGRAMME_ANSWERS_H

#include "web/import_job.h"

/* Gives a new job what is remembered. */
void programme_answers_recall(const struct request *request, struct import_job *job);
/* Remembers what was answered in @job. 0 or -errno. */
int programme_answers_keep(const struct request *request, const struct import_job *job);

#endif

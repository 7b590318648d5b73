/**
 * What is asked about the faulty lines of a list, and what was answered. One answer goes for all
 * lines with the same question. The thread of a lane.
 */
#ifndef WEB_ANSWERS_H
#define WEB_ANSWERS_H

#include <jansson.h>

#include "web/request.h"

/* Adds to each of the preview's problems and doubts which answers there are. */
void answers_offer(const struct request *request, json_t *preview);

/* The answers of the form become repairs, by line. */
void answers_take(const struct request *request, const json_t *preview, json_t *repairs);

#endif

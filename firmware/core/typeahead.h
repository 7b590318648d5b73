/** Which names fit what somebody has typed so far. Pure; any thread. */
#ifndef CORE_TYPEAHEAD_H
#define CORE_TYPEAHEAD_H

enum typeahead_fit {
	TYPEAHEAD_NONE,
	TYPEAHEAD_WORD,  /* a later word of the name begins so */
	TYPEAHEAD_START, /* the name begins so */
	TYPEAHEAD_EXACT
};

/* Both as text_fold() leaves them: case and accents do not count. An empty @typed fits nothing. */
enum typeahead_fit typeahead_fit(const char *name, const char *typed);

#endif

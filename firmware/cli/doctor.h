/** The doctor's checks: each looks at one thing and says in words what it found and what to do. */
#ifndef CLI_DOCTOR_H
#define CLI_DOCTOR_H

#include "cli/cli.h"
#include "cli/reply.h"

#define FINDING_WORDS_SIZE 512

enum finding_grade { FINDING_OK, FINDING_WARNING, FINDING_FAULT, FINDING_GRADE_COUNT };

struct finding {
	enum finding_grade grade;
	char words[FINDING_WORDS_SIZE];
	char advice[FINDING_WORDS_SIZE]; /* "" when there is nothing to do */
};

/* What the checks may look at. */
struct patient {
	struct cli *cli;     /* its config is the default one when the file can not be read */
	struct reply *kiosk; /* the running kiosk's status, or NULL */
	int kiosk_error;     /* why it is NULL: -errno */
};

/* In the language of the terminal; the same arguments in the same order for both. */
void finding_say(struct finding *ret, enum finding_grade grade, const char *en, const char *nl, ...)
	__attribute__((format(printf, 3, 5), format(printf, 4, 5)));
void finding_advise(struct finding *ret, const char *en, const char *nl, ...)
	__attribute__((format(printf, 2, 4), format(printf, 3, 4)));

/* doctor_data.c */
void doctor_configuration(const struct patient *patient, struct finding *ret);
void doctor_options(const struct patient *patient, struct finding *ret);
void doctor_directory(const struct patient *patient, struct finding *ret);
void doctor_log(const struct patient *patient, struct finding *ret);
void doctor_key(const struct patient *patient, struct finding *ret);
void doctor_programme(const struct patient *patient, struct finding *ret);
void doctor_walk_ins(const struct patient *patient, struct finding *ret);

/* doctor_machine.c */
void doctor_clock(const struct patient *patient, struct finding *ret);
void doctor_zone(const struct patient *patient, struct finding *ret);
void doctor_fonts(const struct patient *patient, struct finding *ret);
void doctor_display(const struct patient *patient, struct finding *ret);
void doctor_power(const struct patient *patient, struct finding *ret);
void doctor_kiosk(const struct patient *patient, struct finding *ret);
void doctor_hub(const struct patient *patient, struct finding *ret);
void doctor_user(const struct patient *patient, struct finding *ret);

/* doctor_reader.c */
void doctor_reader(const struct patient *patient, struct finding *ret);

#endif

#include "base/trouble.h"

#include <errno.h>
#include <stddef.h>
#include <string.h>

/* clang-format off */
static const struct {
	int error;
	const char *nl;
} reasons[] = {
	{ ENOENT,       "bestaat niet" },
	{ EACCES,       "geen toegang" },
	{ EPERM,        "dat mag niet" },
	{ EEXIST,       "bestaat al" },
	{ ENOTDIR,      "een deel van het pad is geen map" },
	{ EISDIR,       "dit is een map" },
	{ EINVAL,       "dit is ongeldig" },
	{ EFBIG,        "het bestand is te groot" },
	{ ENOSPC,       "het medium is vol" },
	{ EROFS,        "het medium is alleen te lezen" },
	{ EIO,          "lees- of schrijffout" },
	{ ENAMETOOLONG, "de naam is te lang" },
	{ ENOMEM,       "er is te weinig geheugen" },
	{ EBUSY,        "is in gebruik" },
	{ ENOTEMPTY,    "de map is niet leeg" },
};
/* clang-format on */

const char *trouble_words(int error, enum language language)
{
	for (size_t i = 0; language == LANGUAGE_NL && i < sizeof reasons / sizeof reasons[0]; i++)
		if (reasons[i].error == error)
			return reasons[i].nl;
	return strerror(error);
}

void trouble_say(struct said *ret, int trouble)
{
	said_words(ret, trouble_words(-trouble, LANGUAGE_EN), trouble_words(-trouble, LANGUAGE_NL));
}

#include "store/organisation_id.h"

#include "base/seal.h"
#include "core/text.h"
#include "store/attendee.h"

void organisation_id_of(char ret[ID_TEXT_SIZE], const char *name)
{
	char folded[ORGANISATION_SIZE];

	text_fold(folded, sizeof folded, name);
	uuid_of_name(ret, "organisation", folded);
}

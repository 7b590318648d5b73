/* The files served as they are: style, script, picture. */
#include <string.h>

#include "web/routes.h"
#include "web/template.h"

static const struct web_asset *find(const char *name)
{
	for (size_t i = 0; i < organiser_pages.asset_count; i++)
		if (strcmp(organiser_pages.assets[i].name, name) == 0)
			return &organiser_pages.assets[i];
	return NULL;
}

int page_asset(struct request *request, struct response *response)
{
	const struct web_asset *asset = find(request->path + 1);
	if (!asset)
		return respond_fault(response, 404, "");
	response->cacheable = true;
	respond_header(response, "ETag", asset->etag);
	respond_header(response, "Cache-Control", "max-age=3600");
	respond_header(response, "Vary", "Accept-Encoding");
	if (strstr(request->if_none_match, asset->etag)) {
		response->status = 304;
		return 0;
	}
	if (!request->takes_gzip)
		return respond_static(response, asset->type, asset->bytes, asset->length);
	respond_header(response, "Content-Encoding", "gzip");
	return respond_static(response, asset->type, asset->gzip, asset->gzip_length);
}

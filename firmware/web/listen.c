/* Opening the sockets that the page listens on. */
#include <errno.h>
#include <netdb.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "web/server.h"

#define BACKLOG 256

static int open_one(const struct addrinfo *address)
{
	const int on = 1, off = 0;
	const int fd = socket(address->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return -errno;
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
	if (address->ai_family == AF_INET6) /* "::" takes both */
		setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof off);
	if (bind(fd, address->ai_addr, address->ai_addrlen) == 0 && listen(fd, BACKLOG) == 0)
		return fd;
	const int r = -errno;
	close(fd);
	return r;
}

int server_listen(int *ret_fd, const char *address, int port)
{
	const struct addrinfo hints = { .ai_family = AF_UNSPEC,
		.ai_socktype = SOCK_STREAM,
		.ai_flags = AI_PASSIVE | AI_NUMERICSERV };
	struct addrinfo *found = NULL;
	char service[8];
	snprintf(service, sizeof service, "%d", port);
	if (getaddrinfo(address, service, &hints, &found) != 0)
		return -EADDRNOTAVAIL;
	int r = -EADDRNOTAVAIL;
	for (const struct addrinfo *one = found; one && r < 0; one = one->ai_next)
		r = open_one(one);
	/* A kernel without IPv6 still has the other half of "::". */
	freeaddrinfo(found);
	if (r == -EAFNOSUPPORT && strcmp(address, "::") == 0)
		return server_listen(ret_fd, "0.0.0.0", port);
	if (r < 0)
		return r;
	*ret_fd = r;
	return 0;
}

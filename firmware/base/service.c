#include "base/service.h"

#include <stdio.h>
#include <systemd/sd-daemon.h>

void service_ready(const char *status)
{
	sd_notifyf(0, "READY=1\nSTATUS=%s", status);
}

void service_status(const char *status)
{
	sd_notifyf(0, "STATUS=%s", status);
}

void service_stopping(void)
{
	sd_notify(0, "STOPPING=1");
}

void service_feed_watchdog(void)
{
	sd_notify(0, "WATCHDOG=1");
}

int64_t service_watchdog_ms(void)
{
	uint64_t period_us = 0;
	return sd_watchdog_enabled(0, &period_us) > 0 ? (int64_t)(period_us / 2000) : 0;
}

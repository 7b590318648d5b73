/** systemd: readiness, status line, watchdog. Without systemd every call does nothing. */
#ifndef BASE_SERVICE_H
#define BASE_SERVICE_H

#include <stdint.h>

void service_ready(const char *status);
void service_status(const char *status);
void service_stopping(void);
void service_feed_watchdog(void);
int64_t service_watchdog_ms(void); /* half of WatchdogSec; 0 when there is none */

#endif

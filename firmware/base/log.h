/**
 * One line a message, to stderr (systemd's journal reads the <N> priority prefix). Never an
 * identity, never a name. Any thread.
 */
#ifndef BASE_LOG_H
#define BASE_LOG_H

void log_start(const char *program); /* @program static; prefixes each line when stderr is a
					terminal or file */
void log_error(const char *format, ...) __attribute__((format(printf, 1, 2)));
void log_warn(const char *format, ...) __attribute__((format(printf, 1, 2)));
void log_info(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif

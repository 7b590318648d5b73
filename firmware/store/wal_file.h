/**
 * A commit's frames in one write. SQLite writes each frame of the WAL, and each frame's header, by
 * a call of its own: fifteen for a tap. Here they are gathered, and written when SQLite syncs,
 * reads or looks at the file, so before anybody else may know of them: a connection that uses this
 * must run with synchronous = FULL, in which no commit is without a sync. All else is SQLite's own.
 */
#ifndef STORE_WAL_FILE_H
#define STORE_WAL_FILE_H

#define WAL_FILE_VFS "incheckpaal" /* the name to open with */

/* Once in a process, before a connection is opened by that name. 0 or -ENOMEM. */
int wal_file_register(void);

#endif

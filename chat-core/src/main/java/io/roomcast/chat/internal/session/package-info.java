/**
 * Opens and closes sessions, authenticates users, authorizes commands, and removes sessions from rooms that they may no
 * longer be in. Runs on callers' threads, workers and the scheduler's thread.
 */
@NullMarked
package io.roomcast.chat.internal.session;

import org.jspecify.annotations.NullMarked;

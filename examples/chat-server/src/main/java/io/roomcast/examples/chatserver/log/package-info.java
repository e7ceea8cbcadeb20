/**
 * Writes the log to standard error, one line for each event, as text or JSON. Start at {@link
 * io.roomcast.examples.chatserver.log.LogProvider}.
 */
@NullMarked
package io.roomcast.examples.chatserver.log;

import org.jspecify.annotations.NullMarked;

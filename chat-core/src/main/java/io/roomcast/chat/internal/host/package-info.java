/**
 * Carries out the calls of the host that are not commands, under the same rules, and passes messages and changes to the
 * host's followers. Safe for use by any thread.
 */
@NullMarked
package io.roomcast.chat.internal.host;

import org.jspecify.annotations.NullMarked;

/** The names of users, from a file and from their tokens. */
@NullMarked
package io.roomcast.examples.chatserver.users;

import org.jspecify.annotations.NullMarked;

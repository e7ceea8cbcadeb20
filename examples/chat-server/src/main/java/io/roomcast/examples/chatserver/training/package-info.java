/**
 * Clients with which a training run loads a server in the same process. They block, and fail instead of waiting for more
 * than ten seconds.
 */
@NullMarked
package io.roomcast.examples.chatserver.training;

import org.jspecify.annotations.NullMarked;

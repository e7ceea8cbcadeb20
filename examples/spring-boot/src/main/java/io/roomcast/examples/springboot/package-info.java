/**
 * A Spring Boot application with an embedded chat. Start at {@link io.roomcast.examples.springboot.ChatLifecycle}; the other
 * classes connect the chat to the application's security, database, health checks and web endpoints.
 */
@NullMarked
package io.roomcast.examples.springboot;

import org.jspecify.annotations.NullMarked;

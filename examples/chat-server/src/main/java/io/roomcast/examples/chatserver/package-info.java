/**
 * Runs Roomcast as a program that the environment configures; start at {@link io.roomcast.examples.chatserver.Main}.
 */
@NullMarked
package io.roomcast.examples.chatserver;

import org.jspecify.annotations.NullMarked;

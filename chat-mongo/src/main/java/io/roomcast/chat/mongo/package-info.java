/** The chat's durable state in MongoDB; start at {@link io.roomcast.chat.mongo.MongoChatStore}. */
@NullMarked
package io.roomcast.chat.mongo;

import org.jspecify.annotations.NullMarked;

package io.roomcast.chat.internal.host;

import io.roomcast.chat.internal.host.FollowerFixture.Node;
import io.roomcast.chat.internal.host.FollowerFixture.Recording;
import io.roomcast.chat.spi.ChatFollower;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** Servers with a follower that records what it handles. */
abstract class FollowerCase {
    static final Duration MOMENT = Duration.ofMillis(100);
    static final Duration LONG = Duration.ofMinutes(3);

    final FollowerFixture fixture = new FollowerFixture();
    final Recording crm = new Recording();

    static List<String> names(String conversationId, int from, int to) {
        return IntStream.rangeClosed(from, to)
                .mapToObj(i -> conversationId + ":" + i)
                .toList();
    }

    Node following(ChatFollower follower) {
        Node node = fixture.node();
        node.followers.follow("crm", follower);
        fixture.advance(MOMENT);
        return node;
    }
}

package io.roomcast.chat.socketio.contract;

import java.util.List;
import java.util.stream.Stream;

/** The whole contract: what clients may ask, what they may be told, and of what that is made. */
final class WireContract {
    static final List<Request> REQUESTS = Requests.all();
    static final List<Notice> NOTICES = Notices.all();

    private WireContract() {}

    /** All types that have a name. */
    static List<Named> named() {
        return Stream.of(
                        Shapes.all().stream(),
                        REQUESTS.stream().flatMap(request -> Stream.of(request.payload(), request.answer())),
                        NOTICES.stream().map(Notice::payload))
                .flatMap(types -> types)
                .toList();
    }
}

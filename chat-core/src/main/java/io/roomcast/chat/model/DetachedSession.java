package io.roomcast.chat.model;

import static java.util.Objects.requireNonNull;

/** A session for one request of a user, without a connection. */
final class DetachedSession implements Session {
    private final Principal principal;
    private final String id;

    DetachedSession(Principal principal, String id) {
        this.principal = requireNonNull(principal, "principal");
        this.id = requireNonNull(id, "id");
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Principal principal() {
        return principal;
    }

    @Override
    public void end() {
        // There is no connection to close.
    }
}

package io.roomcast.chat.model;

import static java.util.Objects.requireNonNull;

/** One request's caller. */
final class DetachedSession implements Session {
    private final Principal principal;

    DetachedSession(Principal principal) {
        this.principal = requireNonNull(principal, "principal");
    }

    @Override
    public String id() {
        return "detached";
    }

    @Override
    public Principal principal() {
        return principal;
    }

    @Override
    public void end() {
        // it ends with its request
    }
}

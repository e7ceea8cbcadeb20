package io.roomcast.chat.spi;

import io.roomcast.chat.model.Call;
import io.roomcast.chat.model.CallPeer;
import io.roomcast.chat.model.IceGrant;
import java.time.Instant;

/** Supplies the same servers to all participants. */
record FixedIceServers(IceGrant grant) implements IceServers {
    @Override
    public boolean mayBlock() {
        return false;
    }

    @Override
    public IceGrant grant(Call call, CallPeer participant, Instant now) {
        return grant;
    }
}

package io.roomcast.chat.spi;

import io.roomcast.chat.model.Call;
import io.roomcast.chat.model.CallPeer;
import io.roomcast.chat.model.SfuTicket;
import java.time.Instant;

/**
 * Connects the devices of calls through a media server, a selective forwarding unit (SFU), in place of each to each. All
 * else of a call stays as it is.
 *
 * <p>It may block for at most two seconds; it is called on threads of its own. If it throws, the command is refused.
 */
@FunctionalInterface
public interface SfuConnector {
    /**
     * Returns the right of one participant to connect to the media server.
     *
     * @param call the call, whose id names the room there
     * @param participant the participant
     * @param now the time
     */
    SfuTicket ticket(Call call, CallPeer participant, Instant now);
}

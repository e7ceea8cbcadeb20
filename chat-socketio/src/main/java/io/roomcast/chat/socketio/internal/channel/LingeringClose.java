package io.roomcast.chat.socketio.internal.channel;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Closes connections whose clients may still be sending. Closing at once would reset the connection, and the client
 * might never see the answer (RFC 9112, section 9.6). So only the server's side is closed at first. Further data is
 * dropped until the client closes its side or a few seconds have passed.
 */
public final class LingeringClose {
    private static final int SECONDS = 3;

    private LingeringClose() {}

    /** Closes the connection after its last answer. */
    public static void after(ChannelFuture lastAnswer) {
        lastAnswer.addListener(written -> {
            Channel channel = lastAnswer.channel();
            if (written.isSuccess() && closeOutput(channel)) {
                Future<?> end = channel.eventLoop().schedule(() -> channel.close(), SECONDS, TimeUnit.SECONDS);
                channel.closeFuture().addListener(closed -> end.cancel(false));
            } else {
                channel.close();
            }
        });
    }

    /** Closes the server's side; returns false if the channel does not support it. */
    private static boolean closeOutput(Channel channel) {
        SslHandler tls = channel.pipeline().get(SslHandler.class);
        if (tls != null) {
            tls.closeOutbound();
            return true;
        }
        if (channel instanceof DuplexChannel duplex) {
            duplex.shutdownOutput();
            return true;
        }
        return false;
    }
}

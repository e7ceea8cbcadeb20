package io.roomcast.examples.chatserver;

import io.roomcast.chat.testkit.FaultProxy;
import io.roomcast.chat.testkit.FaultProxy.Fault;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The ways in which a database can be unavailable. */
enum Outage {
    /** Refuses connections. */
    REFUSED {
        @Override
        void begin(FaultProxy proxy) {
            proxy.down();
        }

        @Override
        void end(FaultProxy proxy) {
            proxy.up();
        }
    },
    /** Accepts connections and does not reply. */
    SILENT {
        @Override
        void begin(FaultProxy proxy) {
            proxy.stall();
        }

        @Override
        void end(FaultProxy proxy) {
            proxy.flow();
        }
    },
    /** Replies after all timeouts. */
    SLOW {
        @Override
        void begin(FaultProxy proxy) {
            proxy.onRequest(request -> {
                LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(2));
                return Fault.NONE;
            });
        }

        @Override
        void end(FaultProxy proxy) {
            proxy.onRequest(request -> Fault.NONE);
        }
    };

    abstract void begin(FaultProxy proxy);

    abstract void end(FaultProxy proxy);
}

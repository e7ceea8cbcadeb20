package io.roomcast.examples.chatserver;

import io.roomcast.chat.testkit.FaultProxy;
import io.roomcast.chat.testkit.FaultProxy.Fault;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A way in which a database can be away. */
enum Outage {
    /** It takes no connections. */
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
    /** It takes connections and says nothing. */
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
    /** It answers, later than anybody waits. */
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

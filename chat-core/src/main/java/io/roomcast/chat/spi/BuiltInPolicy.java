package io.roomcast.chat.spi;

/** The built-in access policies. */
enum BuiltInPolicy implements AccessPolicy {
    OPEN_ROOMS {
        @Override
        public boolean permits(AccessRequest request, Membership membership) {
            return membership.isOpen(request.conversationId()) || MEMBERS_ONLY.permits(request, membership);
        }
    },
    MEMBERS_ONLY {
        @Override
        public boolean permits(AccessRequest request, Membership membership) {
            return request.userId() != null && membership.isMember(request.conversationId(), request.userId());
        }
    }
}

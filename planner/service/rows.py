"""Where everything stands in the two flat rows that the event loop reads and writes.

One row of whole numbers (``n``) and one of times (``t``): numpy arrays where the loop is compiled, plain
lists where it is not. Two rows and no more, as compiled functions are slow to hand many to each other.

Whoever and whatever takes part has an address, the same in both rows, and its fields stand from there on:
``n[a + DOING]`` is what person ``a`` does and ``t[a + SINCE]`` since when. -1 is no address.
A task ``c`` is a contact or a piece of planned work. Times are seconds from the start.
"""

from __future__ import annotations

NEVER = float("inf")

# At the beginning of n: first and last address (excluded) of duties, contacts and pieces; tasks in
# lanes; the heap of customers who will write again and its size; the tree of people's next events; ...
DUTY, DUTIES_END, CONTACT, CONTACTS_END, PIECE, PIECES_END, WAITING, HEAP, WRITING, TREE = range(10)
# ... intervals in the period; chats that one person holds at most; priority of urgent planned work; people.
INTERVALS, MOST_CHATS, URGENT_PRIORITY, PERSON, PEOPLE_END, PERSON_SIZE = range(10, 16)
# At the beginning of t: end of the simulation, length of a planning interval.
HORIZON, INTERVAL = range(2)
HEADER = 16

# A change of duty: who, END / BREAK / ON / AWAY; when, seconds away.
OF, WHAT = range(2)
AT, FOR = range(2)
DUTY_SIZE = 2
# What the rota does to people, in the order in which it happens at one instant.
END, BREAK, ON, AWAY = 0, 1, 2, 3

# A task: its queue; 1 if a customer (or a meeting) waits on the line; 1 if it can be put down; number of the
# present touch, and of touches; where the work of the present touch stands in t; the next task in the
# lane; by whom; of pieces the window's sum in t and the piece that continues it.
QUEUE, LIVE, SOFT, TOUCH, TOUCHES, WORK, AFTER, BY, WINDOW, NEXT_PIECE = range(10)
# When the present touch came, work left, end of patience (of the window), first touched, first reply sent
# (deferred) or contact ended (live); of pieces: when they may no longer wait; end
# of the promise (of the window).
READY, LEFT, GIVES_UP_AT, STARTED, ANSWERED, URGENT_AT, DUE = range(7)
TASK_SIZE = 10
# The work of a touch, in t: seconds, and seconds from the reply before until the customer writes.
HANDLE, DELAY = range(2)
WORK_SIZE = 2

# A queue or a planned work: its number; CONTACTS, FIXED or MOVABLE; priority; chats at once; where its speeds
# stand in t; from where to where the groups able to serve it stand in n, fewest skills first; its lanes.
NUMBER, KIND, PRIORITY, AT_ONCE, SPEED, ABLE, ABLE_END, LANES = range(8)
CONTACTS, FIXED, MOVABLE = 0, 1, 2
# A lane: its first and last task. Customers on the line, first replies, follow-ups, in this order.
FIRST, LAST = range(2)
LANE_SIZE = 2
ON_THE_LINE, FIRST_REPLY, FOLLOW_UP = 0, 1, 2
# Rank of planned work that has become urgent: lane n has rank 2 n, so after customers on the line.
URGENT = 1
QUEUE_SIZE = LANES + 3 * LANE_SIZE

# A group, of people who serve the same queues: how many; from where to where they stand in n; its circles.
BREADTH, SERVES, SERVES_END, CIRCLES = range(4)
# A circle: its front and its back. People at hand, at work that can be put down, and with 1, 2, ... chats.
FRONT, BACK = range(2)
CIRCLE_SIZE = 2
AT_HAND, PUTS_DOWN, CHATS = 0, 1, 2

# A person: what they do; 1 if on duty by the rota, breaks excluded; task in hand; task put down; group; ...
DOING, PRESENT, TASK, HELD, GROUP = range(5)
# ... chats open, how many they leave room for, which ends first, 1 if other work waits for the last one; ...
OPEN, ROOM, ENDING, CLAIMED = range(5, 9)
# ... circle and neighbours there; leaf of the tree; where factors and sums of seconds stand in t; chats.
CIRCLE, NEXT_TO, PRIOR_TO, LEAF, FACTORS, HANDLING, IDLING, PLANNING, SLOTS = range(9, 18)
GONE, IDLE, BUSY, CHATTING = 0, 1, 2, 3
# Start of what they do (with chats: of the present number); its end; end of a spell away; seconds away
# that wait for the end of a task; next event.
SINCE, FINISHES_AT, AWAY_UNTIL, OWED, NEXT_AT = range(5)

-- Admits a call if fewer than `places` calls count. A call counts until one window after its response. A call without a
-- response counts as received after `travel`. Returns 0, or the number of microseconds until the next try.
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local places, window, travel = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local paused = redis.call('PTTL', KEYS[2])
if paused > 0 then
    return paused * 1000
end
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', string.format('%.0f', now - window))
local count = redis.call('ZCARD', KEYS[1])
if count < places then
    redis.call('ZADD', KEYS[1], string.format('%.0f', now + travel), ARGV[4])
    redis.call('PEXPIRE', KEYS[1], string.format('%.0f', (window + travel) / 1000 + 1000))
    return 0
end
local first = redis.call('ZRANGE', KEYS[1], count - places, count - places, 'WITHSCORES')
return math.max(math.min(tonumber(first[2]), now) + window - now, 1000)

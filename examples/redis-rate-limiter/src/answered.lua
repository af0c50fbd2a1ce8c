-- Records the response to a call, and pauses the action for a second if the service reported too many calls.
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
if ARGV[2] == '1' then
    redis.call('SET', KEYS[2], '1', 'PX', '1000')
end
local counted = redis.call('ZSCORE', KEYS[1], ARGV[1])
if counted and tonumber(counted) > now then
    redis.call('ZADD', KEYS[1], 'XX', string.format('%.0f', now), ARGV[1])
end

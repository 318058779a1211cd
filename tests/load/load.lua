-- One kind of load on the service:
--
--     wrk ... load.lua -- get|list|rates|post|mixed TOKEN RETURNS PRODUCT,... COUNTRY BASE
--
-- BASE makes the serials and keys of this run different from those of any other.
-- Identities are worked out as in identity.js.

-- What does not change is formatted before the clock starts: the generator
-- shares its cores with what it measures.

local POOL = 16384

local kind, country, base
local products = {}
local sent = 0
local writing
local gets, one_list, one_rates = {}

local function scatter(rank)
    local digits = rank * 2654435761 % 999999937
    return string.format("00000001%09d%09d", digits, digits)
end

local function get()
    return gets[math.random(POOL)]
end

local function list()
    return one_list
end

local function rates()
    return one_rates
end

local function post()
    sent = sent + 1
    local name = string.format("%s-%07d", base, sent)
    writing["Idempotency-Key"] = "load-" .. name
    return wrk.format("POST", "/api/v1/returns", writing, string.format(
        '{"product":"%s","serial":"%s","reason":"failed_in_use",' ..
        '"description":"Stops after ten minutes of work and does not start again while it is warm.",' ..
        '"country":"%s","channel":"online","order_number":"%s","name":"Lou Load",' ..
        '"email":"lou@customer.example","phone":"+4930123456","locale":"en"}',
        products[math.random(#products)], name, country, name))
end

local function mixed()
    local die = math.random(10)
    return die <= 7 and get() or die <= 9 and list() or post()
end

local kinds = {get = get, list = list, rates = rates, post = post, mixed = mixed}

function init(args)
    local token, returns = args[2], tonumber(args[3])
    local reading = {Authorization = "Bearer " .. token}

    kind, country, base = kinds[args[1]], args[5], args[6]
    for id in args[4]:gmatch("[^,]+") do
        products[#products + 1] = id
    end
    writing = {["Content-Type"] = "application/json"}
    math.randomseed(tonumber(base:match("%d+$")))
    for i = 1, POOL do
        gets[i] = wrk.format("GET", "/api/v1/returns/ret_" .. scatter(math.random(returns)), reading)
    end
    one_list = wrk.format("GET", "/api/v1/returns?limit=20", reading)
    one_rates = wrk.format("GET", "/api/v1/analytics/lines", reading)
end

function request()
    return kind()
end

function done(summary, latency)
    local errors = summary.errors
    io.write(string.format(
        '\n{"requests":%d,"us":%d,"p50":%.3f,"p99":%.3f,"max":%.3f,"errors":%d}\n',
        summary.requests, summary.duration, latency:percentile(50) / 1000, latency:percentile(99) / 1000,
        latency.max / 1000, errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end

tc3 organization AddOrganizationNode --Version 2021-03-31 --endpoint http://organization.emulator \
    --Name '@%%22double%22%20'\''single'\''%20`tick`%20\%20\u0041%20\n%20${HOME}%20$x%20$(id)%20#{1%20+%201}%20#$0%20%25s%20%25n%20%2541%20??/%20???/%20</script><!--%20<?php%20?>%20*/%20//%20#%20--%20@%25:%20{{}}%20{0}%20é%20名%20😀%20%E2%80%AE%20%E2%80%A8%20%EF%BB%BF%20%C2%85%20%1B[1m%20%7F%20%0D%0A%09end%012%0A' \
    --Tags.0.TagKey a

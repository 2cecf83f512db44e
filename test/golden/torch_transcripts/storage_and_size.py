# The memory under tensors: where it is, who shares it, and tensors that take other memory or another size.
import torch

x = torch.arange(12.0).reshape(3, 4)
print(x.untyped_storage().nbytes(), x.untyped_storage().size(), len(x.untyped_storage()), x[1].untyped_storage().nbytes(), x.storage().size(), len(x.storage()), x.element_size())
print(x.untyped_storage().data_ptr() == x[1].untyped_storage().data_ptr(), x.data_ptr() == x[0].data_ptr(), x[1].data_ptr() - x.data_ptr(), x.t().data_ptr() == x.data_ptr(),
      x.clone().data_ptr() == x.data_ptr(), x.data_ptr() == x.untyped_storage().data_ptr(), x.storage().data_ptr() == x.detach().storage().data_ptr())
print(torch.empty(0).data_ptr(), torch.empty(0).untyped_storage().nbytes(), x.storage().dtype, x.untyped_storage().device, x.storage().tolist(), x.t().storage()[1], x.storage().element_size())
print(x.is_set_to(x.view(3, 4)), x.is_set_to(x.clone()), x.storage_offset(), x[1, 2:].storage_offset())
x.storage()[3] = -1.0
print(x)
seen = {}
net = torch.nn.Sequential(torch.nn.Linear(3, 3), torch.nn.Linear(3, 3))
net[1].weight = net[0].weight
for name, p in net.named_parameters(remove_duplicate=False):
    seen.setdefault(p.untyped_storage().data_ptr(), []).append(name)
print(list(seen.values()), sum(p.untyped_storage().nbytes() for p in net.parameters()))

y = torch.arange(6.0)
print(y.resize_(2, 2).tolist(), y.untyped_storage().nbytes(), y.resize_(6).tolist(), y.resize_(3, 4).shape, y.flatten()[:6], y.untyped_storage().nbytes(), y.stride(), y.is_contiguous())
y = torch.arange(6.0)[2:]
print(y.resize_(2).tolist(), y.storage_offset(), y.resize_(4).tolist(), y.resize_((2, 4)).shape, y.flatten()[:4], y.storage_offset())
z = torch.arange(6).reshape(2, 3).t()
print(z.resize_(2, 2).tolist(), z.stride(), torch.empty(0).resize_(2, 3).shape, torch.tensor(3.0).resize_(1), torch.zeros(2).resize_(0).shape, torch.zeros(4).resize_([2, 2]).shape)
w = torch.zeros(3)
v = w.view(3)
v.resize_(2).fill_(5)
print(w, v, torch.zeros(2).resize_as_(torch.zeros(2, 5)).shape)
for refused in (lambda: torch.zeros(2, requires_grad=True).resize_(3), lambda: (torch.zeros(2, requires_grad=True) * 1).resize_(3), lambda: torch.zeros(2).set_(torch.zeros(2, dtype=torch.int64))):
    try:
        print(refused())
    except Exception as error:
        print(type(error).__name__, str(error)[:60])

a, b = torch.zeros(4), torch.arange(6.0)
print(a.set_(b).tolist(), a.data_ptr() == b.data_ptr(), a.set_(b.untyped_storage()).tolist(), a.set_(b.storage(), 1, (2, 2), (2, 1)).tolist(), a.set_(b.storage(), 2, (4,)).tolist(),
      a.set_(b, 0, (2, 3), (3, 1)))
a.fill_(9)
print(b, torch.zeros(3).set_(), a.untyped_storage() == b.untyped_storage() if False else a.untyped_storage().data_ptr() == b.untyped_storage().data_ptr())
p = torch.nn.Linear(2, 2).weight
p.data.set_(torch.ones(2, 2))
p.data = torch.eye(2)
print(p)
big = torch.zeros(8)
big.untyped_storage().resize_(0)
print(big.untyped_storage().size(), big.shape)

# storages of a type
print(torch.LongStorage([1, 2, 3]), torch.FloatStorage(3).fill_(2), torch.FloatStorage([1.5, 2]).tolist(), len(torch.LongStorage()), torch.LongStorage.dtype)
print(torch.LongTensor(torch.LongStorage([2, 3])), torch.FloatTensor(torch.FloatStorage([1, 2])), isinstance(b.storage(), torch.FloatStorage), isinstance(b.storage(), torch.LongStorage))
print(b.storage_type(), torch.ones(2, dtype=torch.int64).storage_type(), torch.LongStorage)
